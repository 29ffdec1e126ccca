import type { StoreConnection } from './store.ts'

/** Empties tables (`database.table`). */
export async function emptyTables(store: StoreConnection, tables: readonly string[]): Promise<void> {
  for (const table of tables) await store.run(`TRUNCATE TABLE ${table}`)
}
