/**
 * Which values of a tag are withheld because those that are shown would tell of them.
 *
 * A play has one label, one key, one number of beats per minute. So the plays of all values add up to those of the region's
 * published chart, but for plays without a value, of values that are not shown, and of accounts that analysts do not see.
 * Chart less values tells of these.
 * @module
 */

import type { SuppressionRules } from './publishable-regions.ts'
import { publishableRows } from './publishable-rows.ts'
import { regionsAround } from './regions-around.ts'
import type { Piece, Row } from './row-system.ts'

/** A row that analysts would see. */
export interface ShownValue {
  readonly value: string
  readonly region: string
  readonly djs: number
}

export interface ValueCells {
  readonly shown: readonly ShownValue[]
  /** Of each value that is shown somewhere the accounts by their finest region. */
  readonly counts: readonly { readonly value: string; readonly place: string; readonly djs: number }[]
  /** Regions with a published chart, whose plays everybody knows. */
  readonly charted: ReadonlySet<string>
  /**
   * By finest region the accounts that give something else to the charts: plays of no value or of one that is shown
   * nowhere, or plays that analysts do not see.
   */
  readonly others: ReadonlyMap<string, number>
  /** By finest region the accounts whose changes wait in a chart. */
  readonly waiting?: ReadonlyMap<string, number>
}

/** Of the values that would be shown those that are withheld. */
export function withheldValues(
  { shown, counts, charted, others, waiting = new Map() }: ValueCells,
  rules: SuppressionRules,
): readonly ShownValue[] {
  if (rules.neighbours === false || charted.size === 0) return []
  const charts = [...charted]
  const rows: Row[] = [
    ...charts.map((region) => ({
      accounts: Number.MAX_SAFE_INTEGER,
      isFixed: true,
      families: ['charts', `in ${region}`],
    })),
    ...shown.map(({ value, region, djs }) => ({
      accounts: djs,
      isFixed: false,
      families: [`in ${region}`, `value ${value}`],
    })),
  ]
  const chartRows = new Map(charts.map((region, row) => [region, row]))
  const valueRows = new Map(shown.map(({ value, region }, index) => [`${region} ${value}`, charts.length + index]))
  const inCharts = (place: string) => regionsAround(place).flatMap((region) => chartRows.get(region) ?? [])
  const pieces: Piece[] = [
    ...counts.map(({ value, place, djs }) => ({
      accounts: djs,
      group: value,
      rows: [
        ...inCharts(place),
        ...regionsAround(place).flatMap((region) => valueRows.get(`${region} ${value}`) ?? []),
      ],
    })),
    // No value is an empty text.
    ...[...others].map(([place, accounts]) => ({ accounts, group: '', rows: inCharts(place) })),
    ...[...waiting].map(([place, accounts]) => ({ accounts, group: ' waiting', rows: inCharts(place) })),
  ]
  const isPublishable = publishableRows(rows, pieces, rules)
  return shown.filter((_, index) => isPublishable[charts.length + index] === false)
}
