/**
 * Takes off the disk what no query sees: earlier versions of rows, rows that were deleted, and the rows that say so. The
 * engine keeps them in its parts until it happens to merge those.
 *
 * A table in which there are none costs two counts; one with some is merged whole (docs/decisions, 9).
 * @module
 */
import { purgeTables } from '#platform/store/purge.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { analystsRows } from '#schemas/privacy/analytics-columns.ts'
import { columns } from '#schemas/privacy/columns.ts'

const madeOfPersonalData = ['charts.entries', ...analystsRows]
const isPersonal = (label: string) => label !== 'operational' && label !== 'aggregate'

/** Tables that are kept from one build to the next, and hold personal data, or are made of it. */
export const sweptTables = Object.entries(columns).flatMap(([table, ofTable]) =>
  !table.startsWith('charts.build_') && (madeOfPersonalData.includes(table) || Object.values(ofTable).some(isPersonal))
    ? [table]
    : [],
)

interface TableRow {
  full_name: string
  /** As `ReplacingMergeTree(version, is_deleted) ORDER BY …`. */
  definition: string
}

/** Resolves with the number of tables that were merged, when no part of any holds what no query sees. */
export async function sweepSuperseded(store: StoreConnection, signal: AbortSignal): Promise<number> {
  const tables = await store.rows<TableRow>(
    `SELECT database || '.' || name AS full_name, engine_full AS definition FROM system.tables
     WHERE database || '.' || name IN {tables:Array(String)} AND engine LIKE '%ReplacingMergeTree' ORDER BY full_name`,
    { tables: sweptTables },
  )
  let merged = 0
  for (const { full_name: name, definition } of tables) {
    if (signal.aborted) return merged
    if (!(await hasUnseenRows(store, name))) continue
    const cleanup = /^\w+\([^)]*\bis_deleted\)/.test(definition) ? 'CLEANUP' : ''
    await store.run(`OPTIMIZE TABLE ${name} FINAL ${cleanup} SETTINGS optimize_throw_if_noop = 1`)
    merged += 1
  }
  if (!signal.aborted) await purgeTables(store, sweptTables)
  return merged
}

/** Both counts go by the columns of the key, in the order of the key, so that memory does not grow with the table. */
async function hasUnseenRows(store: StoreConnection, table: string): Promise<boolean> {
  const [row] = await store.rows<{ all: string; seen: string }>(
    `SELECT (SELECT count() FROM ${table}) AS all, (SELECT count() FROM ${table} FINAL) AS seen`,
  )
  return row?.all !== row?.seen
}
