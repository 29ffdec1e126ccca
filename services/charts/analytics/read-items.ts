/**
 * Reads the items of a table in hand, range by range, so that memory does not grow with the week.
 * @module
 */
import { createTurns } from '#platform/scheduling/work-slices.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { regionOfId } from '../region-ids.ts'
import type { ItemTable } from './analytics-statements.ts'

/** Rows of an account and item that are read at once, about. */
const ROWS_PER_RANGE = 200_000

const ITEM_MAX = 2n ** 64n - 1n

/** Items from one to another, both among them: hashes of 64 bits, so that ranges of one length hold about as many. */
export interface ItemRange {
  readonly from_item: bigint
  readonly to_item: bigint
}

export interface ItemRow {
  readonly item: string
  readonly next_item: string
  readonly regions: readonly string[]
  readonly djs: readonly string[]
  readonly plays: readonly string[]
  readonly objectors: readonly string[]
  readonly objector_plays: readonly string[]
  readonly text: string
  readonly text_djs: string
  readonly title: string
  readonly title_djs: string
}

/** One place of an item: accounts whose finest known region this is. */
export interface ItemPlace {
  readonly region: string
  readonly djs: number
  readonly plays: number
  /** Accounts that count in charts and not for analysts. */
  readonly objectors: number
  readonly objectorPlays: number
}

export interface Item {
  readonly row: ItemRow
  readonly places: readonly ItemPlace[]
}

/** The ranges that the items in hand are read in. */
export async function readRanges(store: StoreConnection): Promise<ItemRange[]> {
  const [counted] = await store.rows<{ rows: string }>('SELECT count() AS rows FROM charts.build_analytics_items')
  const count = BigInt(Math.ceil(Number(counted?.rows ?? 0) / ROWS_PER_RANGE))
  const begin = (index: bigint) => ((ITEM_MAX + 1n) * index) / count
  return Array.from({ length: Number(count) }, (_, index) => ({
    from_item: begin(BigInt(index)),
    to_item: begin(BigInt(index) + 1n) - 1n,
  }))
}

/** The items of a range that enough accounts of the population play. */
export async function readItems(
  store: StoreConnection,
  { readItems: sql }: ItemTable,
  params: Record<string, unknown>,
): Promise<Item[]> {
  const lines = await store.lines(sql, params)
  const items: Item[] = []
  // These are many megabytes, and requests are answered meanwhile.
  const turn = createTurns()
  for (const line of lines.split('\n')) {
    if (line !== '') items.push(toItem(JSON.parse(line)))
    await turn()
  }
  return items
}

function toItem(row: ItemRow): Item {
  return {
    row,
    places: row.regions.map((id, index) => ({
      region: regionOfId(id),
      djs: Number(row.djs[index]),
      plays: Number(row.plays[index]),
      objectors: Number(row.objectors[index]),
      objectorPlays: Number(row.objector_plays[index]),
    })),
  }
}
