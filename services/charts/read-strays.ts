/**
 * Reads which accounts stand behind charts that wait otherwise than they would now, for what region and sub-region tell
 * together where one has waited and the other has not.
 * @module
 */

import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { statements } from './chart-statements.ts'
import { type ChartIds, encodeChartIds } from './compare-with-earlier.ts'
import { regionOfId } from './region-ids.ts'
import type { Stray } from './withhold.ts'

interface StrayRow {
  genre_id: string
  /** 0 as shown, 1 now; region; number of what the account gives there. */
  parts: [number, string, number][]
  accounts: string
}

/** By genre (hash) those of the charts that wait. Asked when `charts.bases` tells what readers are about to see. */
export async function readStrays(
  store: StoreConnection,
  waiting: readonly ChartIds[],
  params: Record<string, unknown>,
): Promise<ReadonlyMap<string, Stray[]>> {
  const strays = new Map<string, Stray[]>()
  if (waiting.length === 0) return strays
  await emptyTables(store, ['charts.build_waiting'])
  await store.insert({ table: 'charts.build_waiting', lines: encodeChartIds(waiting) })
  for (const { genre_id, parts, accounts } of await store.rows<StrayRow>(statements.readStrays, params)) {
    const partsOf = (isNow: number) =>
      new Map(parts.flatMap(([when, id, part]) => (when === isNow ? [[regionOfId(id), part] as const] : [])))
    const ofGenre = strays.get(genre_id) ?? []
    strays.set(genre_id, ofGenre)
    ofGenre.push({ accounts: Number(accounts), shown: partsOf(0), now: partsOf(1) })
  }
  return strays
}
