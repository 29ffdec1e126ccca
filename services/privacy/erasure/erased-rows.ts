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

/** The rows that are older than the erasure of their account, in each table, and what names the account in it. */
const rowsOf = [
  ...ownerTables.map((table) => ({
    table,
    column: 'owner',
    condition:
      'owner IN {owners:Array(String)} AND version < transform(owner, {owners:Array(String)}, {versions:Array(UInt64)}, toUInt64(0))',
  })),
  ...contributorTables.map((table) => ({
    table,
    column: 'contributor',
    condition: builderTables.includes(table)
      ? 'contributor IN {contributors:Array(UInt64)}'
      : 'contributor IN {contributors:Array(UInt64)} AND version < transform(contributor, {contributors:Array(UInt64)}, {versions:Array(UInt64)}, toUInt64(0))',
  })),
]

/** Every table that rows of an account may lie in. */
export const tablesOfAccounts = [...ownerTables, ...contributorTables, ...contributorBuildTables]

/** Those whose rows carry the position of the event that wrote them, so that rows of a new beginning are not counted. */
export const tablesByPosition = rowsOf.map(({ table }) => table).filter((table) => !builderTables.includes(table))

/** Counts the rows that are left of accounts in some of the tables, by account and table. An account comes once. */
export async function countRows(
  store: StoreConnection,
  accounts: readonly ErasedAccount[],
  tables: readonly string[],
): Promise<(owner: string) => Record<string, number>> {
  const counts = new Map<string, number>()
  const counted = rowsOf.filter(({ table }) => tables.includes(table))
  for (const { table, column, condition } of counted) {
    const rows = await store.rows<{ account: string; count: string }>(
      `SELECT toString(${column}) AS account, count() AS count FROM ${table} WHERE ${condition} GROUP BY account`,
      paramsOf(accounts),
    )
    for (const { account, count } of rows) counts.set(`${table} ${account}`, Number(count))
  }
  const contributorOf = new Map(accounts.map(({ owner, contributor }) => [owner, contributor]))
  return (owner) =>
    Object.fromEntries(
      counted.map(({ table, column }) => [
        table,
        counts.get(`${table} ${column === 'owner' ? owner : contributorOf.get(owner)}`) ?? 0,
      ]),
    )
}

/**
 * Deletes the rows that are left of accounts: ingest has deleted those that it wrote, but another process may have written
 * some late. No build may be under way.
 */
export async function deleteRows(store: StoreConnection, accounts: readonly ErasedAccount[]): Promise<void> {
  const left = await countRows(
    store,
    accounts,
    rowsOf.map(({ table }) => table),
  )
  const total = (table: string) => accounts.reduce((sum, account) => sum + (left(account.owner)[table] ?? 0), 0)
  for (const { table, condition } of rowsOf) {
    if (total(table) > 0) await store.run(`DELETE FROM ${table} WHERE ${condition}`, paramsOf(accounts))
  }
  // What a build that died left behind; the next one makes it anew.
  await emptyTables(store, contributorBuildTables)
}

function paramsOf(accounts: readonly ErasedAccount[]): Record<string, unknown> {
  return {
    owners: accounts.map(({ owner }) => owner),
    contributors: accounts.map(({ contributor }) => BigInt(contributor)),
    versions: accounts.map(({ version }) => version),
  }
}
