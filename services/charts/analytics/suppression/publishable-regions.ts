/**
 * In which regions analysts see an item of a week: a track, a value of a tag, a transition.
 *
 * An account has one finest place, so what it gives adds up over the regions, and an analyst may take sub-regions from their
 * region. Beside them stands the published chart, with the accounts that object to statistics: it less what analysts see
 * must not tell of a few of these either.
 * @module
 */

import { publishableRows } from './publishable-rows.ts'
import { regionsAround } from './regions-around.ts'
import type { Piece, Row } from './row-system.ts'

/** One place of an item: accounts whose finest known region this is. */
export interface PlaceCount {
  readonly region: string
  readonly djs: number
  readonly plays: number
  /** Accounts behind the charts that analysts do not see, or see with something else. */
  readonly objectors: number
}

export interface ItemCells {
  readonly places: readonly PlaceCount[]
  /** Regions where a published chart of the week shows the item. */
  readonly charted: ReadonlySet<string>
}

export interface SuppressionRules {
  readonly minimumDjs: number
  /**
   * Whether cells are withheld that others could be had from. Only tests turn it off, to prove that they find what is
   * then given away.
   */
  readonly neighbours?: boolean
  /** More than so many pairs of a number and what lies in it are not looked at, and less is shown. Only tests give it. */
  readonly pairsMax?: number
}

/** The regions in which analysts see the item. */
export function publishableRegions({ places, charted }: ItemCells, rules: SuppressionRules): ReadonlySet<string> {
  const { minimumDjs, neighbours = true } = rules
  const djsByRegion = new Map<string, number>()
  for (const { region, djs } of places) {
    for (const around of regionsAround(region)) djsByRegion.set(around, (djsByRegion.get(around) ?? 0) + djs)
  }
  const large = [...djsByRegion].filter(([, djs]) => djs >= minimumDjs).sort(([a], [b]) => (a < b ? -1 : 1))
  // A single region without a chart stands beside nothing.
  if (!neighbours || (large.length <= 1 && charted.size === 0)) return new Set(large.map(([region]) => region))

  const rows: Row[] = large.map(([, accounts]) => ({ accounts, isFixed: false, families }))
  const rowOf = new Map(large.map(([region], row) => [region, row]))
  const chartRowOf = new Map<string, number>()
  for (const region of [...charted].sort()) {
    chartRowOf.set(region, rows.length)
    rows.push({ accounts: djsByRegion.get(region) ?? 0, isFixed: true, families })
  }
  const pieces: Piece[] = []
  const numbers = (regions: readonly string[], of: ReadonlyMap<string, number>) =>
    regions.flatMap((region) => of.get(region) ?? [])
  for (const { region, djs, objectors } of [...places].sort((a, b) => (a.region < b.region ? -1 : 1))) {
    const around = regionsAround(region)
    const inCharts = numbers(around, chartRowOf)
    if (djs > 0) pieces.push({ accounts: djs, group: 'djs', rows: [...numbers(around, rowOf), ...inCharts] })
    if (objectors > 0) pieces.push({ accounts: objectors, group: 'objectors', rows: inCharts })
  }
  const isPublishable = publishableRows(rows, pieces, rules)
  return new Set(large.flatMap(([region], row) => (isPublishable[row] === true ? [region] : [])))
}

const families = ['regions']
