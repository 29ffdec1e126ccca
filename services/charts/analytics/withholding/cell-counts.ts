/**
 * The cells of a table in hand, and the accounts behind their items.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { regionOfId } from '../region-ids.ts'
import type { ItemTable } from './analytics-statements.ts'
import type { KnownCharts } from './known-charts.ts'
import type { SuppressionRules } from './suppression/publishable-regions.ts'
import { regionsAround } from './suppression/regions-around.ts'

export interface CellsInHand {
  readonly store: StoreConnection
  readonly table: ItemTable
  readonly known: KnownCharts
  readonly rules: SuppressionRules
  /** Parameters of the statements. */
  readonly params: Record<string, unknown>
}

/** A cell in hand. */
export interface CellName {
  readonly item: string
  readonly next_item: string
  readonly region: string
}

/** A row of what counts the accounts of items. */
export interface CountRow {
  item: string
  next_item: string
  places: string[]
  djs: string[]
  regions: string[]
}

/** Items with cells in hand: their accounts by finest region, and the regions of the cells. */
export async function readCellCounts({ store, table, params }: CellsInHand, nextItem: number): Promise<ItemCounts[]> {
  const rows = await store.rows<CountRow>(table.readCellCounts, { ...params, next_item: nextItem })
  return rows.map(toCounts)
}

interface ItemCounts {
  readonly item: string
  readonly next: string
  readonly places: readonly { readonly place: string; readonly djs: number }[]
  readonly regions: readonly string[]
}

export function toCounts({ item, next_item: next, places, djs, regions }: CountRow): ItemCounts {
  return {
    item,
    next,
    // In one order, for of equals the first goes.
    places: places
      .map((id, index) => ({ place: regionOfId(id), djs: Number(djs[index]) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1)),
    regions: regions.map(regionOfId).sort(),
  }
}

/** The accounts of places in a region. */
export function djsIn(region: string, places: readonly { readonly place: string; readonly djs: number }[]): number {
  return places.reduce((sum, { place, djs }) => (regionsAround(place).includes(region) ? sum + djs : sum), 0)
}
