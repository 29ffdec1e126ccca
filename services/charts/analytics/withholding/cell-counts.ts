/**
 * The cells of a table in hand, and the accounts behind their items.
 * @module
 */
import { regionOfId } from '../../region-ids.ts'
import { regionsAround } from '../suppression/regions-around.ts'
import { parseLines } from './parse-lines.ts'

/** A cell in hand. */
export interface CellName {
  readonly item: string
  readonly next_item: string
  readonly region: string
}

/** A row of what counts the accounts of items. */
interface CountRow {
  item: string
  next_item: string
  places: string[]
  djs: string[]
  regions: string[]
}

/** An item with cells in hand: its accounts by finest region, and the regions of the cells. */
interface ItemCounts {
  readonly item: string
  readonly next: string
  readonly places: readonly { readonly place: string; readonly djs: number }[]
  readonly regions: readonly string[]
}

/** Of rows as `read-cell-counts.sql` and `read-transition-counts.sql` answer them, one JSON object a line. */
export function parseCounts(lines: string): ItemCounts[] {
  return parseLines<CountRow>(lines).map(({ item, next_item: next, places, djs, regions }) => ({
    item,
    next,
    // In one order, for of equals the first goes.
    places: places
      .map((id, index) => ({ place: regionOfId(id), djs: Number(djs[index]) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1)),
    regions: regions.map(regionOfId).sort(),
  }))
}

/** The accounts of places in a region. */
export function djsIn(region: string, places: readonly { readonly place: string; readonly djs: number }[]): number {
  return places.reduce((sum, { place, djs }) => (regionsAround(place).includes(region) ? sum + djs : sum), 0)
}
