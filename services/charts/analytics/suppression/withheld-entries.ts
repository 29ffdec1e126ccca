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
  const rowsOf = new Map<string, number[]>()
  shown.forEach(({ region, genre, period, source }, index) => {
    const name = `${region} ${genre} ${period} ${source === 'chart'}`
    rowsOf.set(name, [...(rowsOf.get(name) ?? []), index])
  })
  const pieces: Piece[] = counts.map(({ place, periods, genres, objects, djs }) => {
    const seenIn = objects ? [true] : [true, false]
    const own = regionsAround(place).flatMap((region) =>
      ['all', ...genres].flatMap((genre) =>
        periods.flatMap((period) =>
          seenIn.flatMap((isChart) => rowsOf.get(`${region} ${genre} ${period} ${isChart}`) ?? []),
        ),
      ),
    )
    return { accounts: djs, group: `${objects} ${periods.join(' ')} ${genres.join(' ')}`, rows: own }
  })
  const isPublishable = publishableRows(rows, pieces, { minimumDjs })
  return shown.filter(({ source }, index) => source !== 'chart' && isPublishable[index] === false)
}

function kindOf(period: string): 'week' | 'month' | 'year' {
  if (period.includes('W')) return 'week'
  return period.includes('-') ? 'month' : 'year'
}
