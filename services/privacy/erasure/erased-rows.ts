/**
 * Deletes, and counts, what is stored of erased accounts. The tables come from the labels, so that none can be forgotten.
 * @module
 */
import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { contributorBuildTables, contributorTables, ownerTables } from '#schemas/privacy/personal-tables.ts'
import { builderTables } from './stand-ins.ts'

export interface ErasedAccount {
  readonly owner: string
  readonly contributor: string
  /** Position of the event that erased: what is newer is of an account that has begun anew. */
  readonly version: bigint
}

/** The rows of an account that are older than its erasure, in each table. */
const rowsOf = [
  ...ownerTables.map((table) => ({ table, condition: 'owner = {owner:String} AND version < {version:UInt64}' })),
  ...contributorTables.map((table) => ({
    table,
    condition: builderTables.includes(table)
      ? 'contributor = {contributor:UInt64}'
      : 'contributor = {contributor:UInt64} AND version < {version:UInt64}',
  })),
]

/** Every table that rows of an account may lie in. */
export const tablesOfAccounts = [...ownerTables, ...contributorTables, ...contributorBuildTables]

/** Counts the rows that are left of an account, by table. */
export async function countRows(store: StoreConnection, account: ErasedAccount): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const { table, condition } of rowsOf) {
    const [row] = await store.rows<{ count: string }>(
      `SELECT count() AS count FROM ${table} WHERE ${condition}`,
      paramsOf(account),
    )
    counted[table] = Number(row?.count ?? 0)
  }
  return counted
}

/**
 * Deletes the rows that are left of an account: ingest has deleted those that it wrote, but another process may have
 * written some late. No build may be under way.
 */
export async function deleteRows(store: StoreConnection, account: ErasedAccount): Promise<void> {
  const left = await countRows(store, account)
  for (const { table, condition } of rowsOf) {
    if ((left[table] ?? 0) > 0) await store.run(`DELETE FROM ${table} WHERE ${condition}`, paramsOf(account))
  }
  // What a build that died left behind; the next one makes it anew.
  await emptyTables(store, contributorBuildTables)
}

function paramsOf({ owner, contributor, version }: ErasedAccount): Record<string, unknown> {
  return { owner, contributor, version: version.toString() }
}
