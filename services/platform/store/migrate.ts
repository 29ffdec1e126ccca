/**
 * Brings a store to the tables of this version: runs `schemas/tables/NNNN-*.sql` in order, once each, and writes down
 * which ones it ran.
 *
 * A crash between a file and its record runs the file again, so every statement in there has to bear that
 * (`IF NOT EXISTS`). One process migrates at a time: the one that has the data folder, or the lease for it.
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { TonearmError } from '../errors/tonearm-error.ts'
import { splitStatements } from './split-statements.ts'
import type { Store, StoreConnection } from './store.ts'

const tablesFolder = new URL('../../../schemas/tables/', import.meta.url)

export interface Migration {
  readonly number: number
  readonly name: string
}

/**
 * Applies what is missing and resolves with the numbers that it applied, in order.
 *
 * @param clock Unix milliseconds.
 * @param upTo the newest migration to apply, where the tables of an older version are meant.
 * @throws `store-newer` where the store has a migration that this version does not know: an older program on newer
 * tables would write rows that the newer one does not expect. Nothing is changed then.
 */
export async function migrate(
  store: Store,
  clock: () => number,
  upTo = Number.POSITIVE_INFINITY,
): Promise<readonly number[]> {
  const connection = store.connect('migrate')
  const missing = (await readMissing(connection)).filter(({ number }) => number <= upTo)
  for (const { number, name } of missing) {
    const sql = await readFile(new URL(name, tablesFolder), 'utf8')
    for (const statement of splitStatements(sql)) await connection.run(statement)
    await connection.insert({ table: 'operations.migrations', lines: recordOf({ number, name }, clock()) })
  }
  return missing.map(({ number }) => number)
}

/** The migrations that a store lacks, in order. Throws `store-newer` as {@link migrate}. */
export async function readMissing(connection: StoreConnection): Promise<readonly Migration[]> {
  const migrations = await listMigrations()
  const applied = await appliedNumbers(connection)
  const newest = migrations.at(-1)?.number ?? 0
  const unknown = [...applied].filter((number) => !migrations.some((migration) => migration.number === number))
  if (unknown.length > 0) {
    throw new TonearmError('store-newer', `the store has migration ${Math.max(...unknown)}, this version ${newest}`)
  }
  return migrations.filter(({ number }) => !applied.has(number))
}

async function listMigrations(): Promise<Migration[]> {
  const names = await readdir(tablesFolder)
  return names
    .flatMap((name) => {
      const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]
      return number === undefined ? [] : [{ number: Number(number), name }]
    })
    .sort((a, b) => a.number - b.number)
}

/** The first migration makes the table of the records, so an empty store has none yet. */
async function appliedNumbers(connection: StoreConnection): Promise<ReadonlySet<number>> {
  const tables = await connection.rows(
    "SELECT name FROM system.tables WHERE database = 'operations' AND name = 'migrations'",
  )
  if (tables.length === 0) return new Set()
  const rows = await connection.rows<{ number: number }>('SELECT DISTINCT number FROM operations.migrations')
  return new Set(rows.map(({ number }) => number))
}

function recordOf(migration: Migration, appliedAtMs: number): Uint8Array {
  const appliedAt = new Date(appliedAtMs).toISOString().replace('T', ' ').replace('Z', '')
  return Buffer.from(`${JSON.stringify({ ...migration, applied_at: appliedAt })}\n`)
}
