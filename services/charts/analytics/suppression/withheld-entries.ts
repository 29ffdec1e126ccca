/**
 * Which rows on a track are withheld because weeks, months and the year, regions, genres and the published charts would
 * tell of them together.
 *
 * A month is the sum of its weeks but for those that reach over its ends, a year that of its months. Of a published chart
 * and the same chart for analysts, the difference is what those give who object. And an entry of all genres less that of one
 * is what the others give to it.
 * @module
 */

import {
  type EntryCell,
  type EntryCells,
  type EntryCount,
  kindsOf,
  type PlayKind,
  type ShownEntry,
  toEntryCells,
} from './entry-cells.ts'
import type { SuppressionRules } from './publishable-regions.ts'
import { publishableRows } from './publishable-rows.ts'
import { regionsAround } from './regions-around.ts'
import type { Piece, Row } from './row-system.ts'

/** Of the entries that analysts would see those that are withheld. */
export function withheldEntries(
  shown: readonly ShownEntry[],
  counts: readonly EntryCount[],
  rules: SuppressionRules,
): readonly ShownEntry[] {
  if (rules.neighbours === false) return []
  const kinds = kindsOf(counts)
  const cells = toEntryCells(shown, kinds)
  const rows: Row[] = []
  for (const cell of cells.all) {
    const families = familiesOf(cell)
    if (cell.chart !== undefined) cell.chartRow = rows.push({ accounts: cell.chart.djs, isFixed: true, families }) - 1
    // Where nobody objects the chart tells the same.
    const [entry] = cell.chart === undefined || cell.hasObjectors ? cell.analysts : []
    if (entry !== undefined) cell.analystsRow = rows.push({ accounts: entry.djs, isFixed: false, families }) - 1
  }
  const isPublishable = publishableRows(rows, piecesOf(cells, kinds), rules)
  return cells.all.flatMap(({ analysts, analystsRow }) =>
    analystsRow !== undefined && isPublishable[analystsRow] === false ? analysts : [],
  )
}

function familiesOf({ region, genre, period }: EntryCell): string[] {
  const kind = kindOf(period)
  return [
    `regions ${genre} ${period}`,
    `${kind} ${region} ${genre}`,
    // A month is a sum of weeks; a year of weeks, or of months.
    ...(kind === 'week' ? [] : [`week ${region} ${genre}`]),
    ...(kind === 'year' ? [`month ${region} ${genre}`] : []),
    `genres ${region} ${period}`,
  ]
}

function kindOf(period: string): 'week' | 'month' | 'year' {
  if (period.includes('W')) return 'week'
  return period.includes('-') ? 'month' : 'year'
}

/** The pieces of a track's rows, one after the other: they may be more than anybody wants to hold. */
function* piecesOf(cells: EntryCells, kinds: readonly PlayKind[]): Generator<Piece> {
  for (const kind of kinds) {
    const inRegion = new Map<string, readonly number[]>()
    const rowsIn = (region: string): readonly number[] => {
      const known = inRegion.get(region)
      if (known !== undefined) return known
      const rows: number[] = []
      for (const { chartRow, analystsRow } of cells.ofKind(region, kind)) {
        if (chartRow !== undefined) rows.push(chartRow)
        if (analystsRow !== undefined && !kind.objects) rows.push(analystsRow)
      }
      inRegion.set(region, rows)
      return rows
    }
    // Places that no row tells apart are one piece: a track has accounts in many places, and rows in few.
    const djsByRegion = new Map<string, number>()
    for (const [place, djs] of kind.djsByPlace) {
      const finest = regionsAround(place).find((region) => rowsIn(region).length > 0)
      if (finest !== undefined) djsByRegion.set(finest, (djsByRegion.get(finest) ?? 0) + djs)
    }
    for (const [region, accounts] of djsByRegion) {
      yield { accounts, group: kind.group, rows: regionsAround(region).flatMap(rowsIn) }
    }
  }
}
