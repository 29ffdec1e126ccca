/**
 * What is shown of a track, by region, genre and period, and who plays it.
 * @module
 */
import { regionsAround } from './regions-around.ts'

/** A number on a track that somebody sees. */
export interface ShownEntry {
  readonly region: string
  /** `all`, a genre or a scene. */
  readonly genre: string
  /** 2026-W07, 2026-02 or 2026. */
  readonly period: string
  readonly djs: number
  /** `chart`: everybody sees it, and objectors count; the others analysts see: `analytics.charts` and `track_weeks`. */
  readonly source: 'chart' | 'analysts-chart' | 'track-week'
}

/** Accounts that give the track the same kind of play at the same time. */
export interface EntryCount {
  /** Finest region. */
  readonly place: string
  /** The periods that the plays lie in: a week, a month, a year; fewer where one is outside of what is looked at. */
  readonly periods: readonly string[]
  /** Genres and scenes whose charts the plays count in, without `all`. */
  readonly genres: readonly string[]
  readonly objects: boolean
  readonly djs: number
}

/** The numbers of one region, genre and period. */
export interface EntryCell extends Pick<ShownEntry, 'region' | 'genre' | 'period'> {
  chart: ShownEntry | undefined
  /** What analysts see is one number, in whichever tables. */
  readonly analysts: ShownEntry[]
  /** Whether accounts stand behind the chart that analysts do not see. */
  hasObjectors: boolean
  /** Positions among the rows, once they have some. */
  chartRow?: number
  analystsRow?: number
}

export interface EntryCells {
  readonly all: readonly EntryCell[]
  /** The cells of a region that plays of a kind count in. */
  ofKind(region: string, kind: PlayKind): readonly EntryCell[]
}

/** Accounts that give the same kind of play at the same time, in whichever place. */
export interface PlayKind extends Pick<EntryCount, 'periods' | 'genres' | 'objects'> {
  readonly group: string
  readonly djsByPlace: Map<string, number>
}

export function kindsOf(counts: readonly EntryCount[]): readonly PlayKind[] {
  const kinds = new Map<string, PlayKind>()
  for (const { place, periods, genres, objects, djs } of counts) {
    const group = `${objects} ${periods.join(' ')} ${genres.join(' ')}`
    const kind = kinds.get(group) ?? { periods, genres, objects, group, djsByPlace: new Map<string, number>() }
    kinds.set(group, kind)
    kind.djsByPlace.set(place, (kind.djsByPlace.get(place) ?? 0) + djs)
  }
  return [...kinds.values()]
}

export function toEntryCells(shown: readonly ShownEntry[], kinds: readonly PlayKind[]): EntryCells {
  const all: EntryCell[] = []
  // Three maps: there are millions of plays to find the cells of, and a name for each would cost more.
  const byRegion = new Map<string, Map<string, Map<string, EntryCell>>>()
  for (const entry of shown) {
    const { region, genre, period } = entry
    const byGenre = byRegion.get(region) ?? new Map<string, Map<string, EntryCell>>()
    byRegion.set(region, byGenre)
    const byPeriod = byGenre.get(genre) ?? new Map<string, EntryCell>()
    byGenre.set(genre, byPeriod)
    let cell = byPeriod.get(period)
    if (cell === undefined) {
      cell = { region, genre, period, chart: undefined, analysts: [], hasObjectors: false }
      byPeriod.set(period, cell)
      all.push(cell)
    }
    if (entry.source === 'chart') cell.chart = entry
    else cell.analysts.push(entry)
  }

  const ofKind: EntryCells['ofKind'] = (region, { genres, periods }) => {
    const byGenre = byRegion.get(region)
    const cells: EntryCell[] = []
    for (const genre of byGenre === undefined ? [] : ['all', ...genres]) {
      for (const period of periods) {
        const cell = byGenre?.get(genre)?.get(period)
        if (cell !== undefined) cells.push(cell)
      }
    }
    return cells
  }
  for (const kind of kinds) {
    if (!kind.objects) continue
    for (const region of new Set([...kind.djsByPlace.keys()].flatMap(regionsAround))) {
      for (const cell of ofKind(region, kind)) cell.hasObjectors = true
    }
  }
  return { all, ofKind }
}
