/**
 * By how many accounts the charts that may get a next revision would differ from their earlier ones.
 *
 * Two steps, for hardly any chart needs the second: where enough accounts give what they never gave before, every revision
 * differs by at least these. Only of the other charts all who stood behind any revision are read.
 * @module
 */

import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { statements } from './chart-statements.ts'

export interface ChartIds {
  readonly regionId: string
  readonly genreId: string
}

/**
 * The fewest accounts by which a chart would differ from an earlier revision, of those from which it differs at all, by
 * `region_id genre_id`; absent where it is certain that these are enough.
 */
export async function readLeastDifferences(
  store: StoreConnection,
  charts: readonly ChartIds[],
  params: Record<string, unknown>,
): Promise<ReadonlyMap<string, number>> {
  if (charts.length === 0) return new Map()
  await emptyTables(store, ['charts.build_compared', 'charts.build_doubtful'])
  await store.insert({ table: 'charts.build_compared', lines: encodeChartIds(charts) })
  await store.run(statements.fillDoubtful, params)
  const [doubtful] = await store.rows<{ charts: string }>('SELECT count() AS charts FROM charts.build_doubtful')
  if (doubtful?.charts === '0') return new Map()
  const rows = await store.rows<{ region_id: string; genre_id: string; least: string }>(
    statements.leastDifferences,
    params,
  )
  return new Map(rows.map((row) => [`${row.region_id} ${row.genre_id}`, Number(row.least)]))
}

/** Rows of a table of charts. */
export function encodeChartIds(charts: readonly ChartIds[]): Buffer {
  return Buffer.from(
    charts.map(({ regionId, genreId }) => JSON.stringify({ region_id: regionId, genre_id: genreId })).join('\n'),
  )
}
