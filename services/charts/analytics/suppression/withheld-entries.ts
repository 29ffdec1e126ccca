/**
 * Which rows on a track are withheld because weeks, months and the year, regions, genres and the published charts would
 * tell of them together.
 *
 * A month is the sum of its weeks but for those that reach over its ends, a year that of its months. Of a published chart
 * and the same chart for analysts, the difference is what those give who object. And an entry of all genres less that of one
 * is what the others give to it.
 * @module
 */
import type { Piece, Row } from './peel-rows.ts'
import type { SuppressionRules } from './publishable-regions.ts'
import { publishableRows } from './publishable-rows.ts'
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

/** Of the entries that analysts would see those that are withheld. */
export function withheldEntries(
  shown: readonly ShownEntry[],
  counts: readonly EntryCount[],
  { minimumDjs, neighbours = true }: SuppressionRules,
): readonly ShownEntry[] {
  if (!neighbours) return []
  const rows: Row[] = shown.map(({ region, genre, period, djs, source }) => ({
    accounts: djs,
    isFixed: source === 'chart',
    families: [
      `regions ${genre} ${period}`,
      `${kindOf(period)} ${region} ${genre}`,
      // A month is a sum of weeks; a year of weeks, or of months.
      ...(kindOf(period) === 'week' ? [] : [`week ${region} ${genre}`]),
      ...(kindOf(period) === 'year' ? [`month ${region} ${genre}`] : []),
      `genres ${region} ${period}`,
    ],
  }))
  const rowsOf = rowsByPlace(shown)
  const pieces: Piece[] = counts.map(({ place, periods, genres, objects, djs }) => {
    const own: number[] = []
    for (const region of regionsAround(place)) {
      const ofRegion = rowsOf.get(region)
      if (ofRegion === undefined) continue
      for (const genre of ['all', ...genres]) {
        const ofGenre = ofRegion.get(genre)
        if (ofGenre === undefined) continue
        for (const period of periods) {
          const here = ofGenre.get(period)
          if (here === undefined) continue
          own.push(...here.charts)
          if (!objects) own.push(...here.analysts)
        }
      }
    }
    return { accounts: djs, group: `${objects} ${periods.join(' ')} ${genres.join(' ')}`, rows: own }
  })
  const isPublishable = publishableRows(rows, pieces, { minimumDjs })
  return shown.filter(({ source }, index) => source !== 'chart' && isPublishable[index] === false)
}

/** Positions of rows of one region, genre and period. */
interface RowsHere {
  readonly charts: number[]
  readonly analysts: number[]
}

/** By region, genre and period: there are millions of plays to find the rows of, and a name for each would cost more. */
function rowsByPlace(shown: readonly ShownEntry[]): ReadonlyMap<string, ReadonlyMap<string, Map<string, RowsHere>>> {
  const byRegion = new Map<string, Map<string, Map<string, RowsHere>>>()
  shown.forEach(({ region, genre, period, source }, index) => {
    const byGenre = byRegion.get(region) ?? new Map<string, Map<string, RowsHere>>()
    byRegion.set(region, byGenre)
    const byPeriod = byGenre.get(genre) ?? new Map<string, RowsHere>()
    byGenre.set(genre, byPeriod)
    const here = byPeriod.get(period) ?? { charts: [], analysts: [] }
    byPeriod.set(period, here)
    ;(source === 'chart' ? here.charts : here.analysts).push(index)
  })
  return byRegion
}

function kindOf(period: string): 'week' | 'month' | 'year' {
  if (period.includes('W')) return 'week'
  return period.includes('-') ? 'month' : 'year'
}
