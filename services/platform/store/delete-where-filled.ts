import type { StoreConnection } from './store.ts'

export interface Deletion {
  /** `database.table`. */
  readonly table: string
  /** Of SQL, true for the rows that go. */
  readonly condition: string
}

/** Deletes from those of the tables that have such rows: a deletion that finds nothing costs as much as any. */
export async function deleteWhereFilled(
  store: StoreConnection,
  deletions: readonly Deletion[],
  params: Record<string, unknown>,
): Promise<void> {
  const counts = await store.rows<{ table: string; rows: string }>(
    deletions
      .map(({ table, condition }) => `SELECT '${table}' AS table, count() AS rows FROM ${table} WHERE ${condition}`)
      .join(' UNION ALL '),
    params,
  )
  const filled = new Set(counts.flatMap(({ table, rows }) => (rows === '0' ? [] : [table])))
  for (const { table, condition } of deletions) {
    if (filled.has(table)) await store.run(`DELETE FROM ${table} WHERE ${condition}`, params)
  }
}
