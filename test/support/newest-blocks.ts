import type { StoreConnection } from '#platform/store/store.ts'

/** For each of the tables, `database.name`, a number that grows with every insert into it, and that merges keep. */
export async function newestBlocks(store: StoreConnection, tables: RegExp): Promise<ReadonlyMap<string, number>> {
  const rows = await store.rows<{ name: string; newest: string }>(
    `SELECT concat(database, '.', table) AS name, max(max_block_number) AS newest FROM system.parts
     WHERE active GROUP BY name ORDER BY name`,
  )
  return new Map(rows.filter(({ name }) => tables.test(name)).map(({ name, newest }) => [name, Number(newest)]))
}
