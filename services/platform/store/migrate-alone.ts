/**
 * Brings the tables of a store that several processes share up to date, while no other process does.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import { createLease } from './lease.ts'
import { migrate, readMissing } from './migrate.ts'
import { splitStatements } from './split-statements.ts'
import { readSql } from './sql-file.ts'
import type { Store } from './store.ts'

const leaseStatements = splitStatements(readSql(new URL('../../../schemas/tables/0012-leases.sql', import.meta.url)))

export interface MigrateAloneOptions {
  readonly connections: Store
  /** Tells this process apart; random. */
  readonly holder: string
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Ends the waiting for others. */
  readonly ending: AbortSignal
}

/**
 * Migrates, and runs `alone` before another process may do either. Rejects with `store-unavailable` where tables are missing
 * that this process may not make: `npm run migrate` makes them.
 */
export async function migrateAlone<T>(options: MigrateAloneOptions, alone: () => Promise<T>): Promise<T> {
  const { connections, holder, clock, ending } = options
  const connection = connections.connect('migrate')
  const isMissing = (await readMissing(connection)).length > 0
  // The lease comes before all migrations, so what leases need does, too.
  if (isMissing) {
    for (const statement of leaseStatements) await unlessForbidden(() => connection.run(statement))
  }
  const lease = createLease({ store: connection, name: 'setup', holder })
  const tenure = await lease.acquire(ending)
  try {
    if ((await readMissing(connection)).length > 0) await unlessForbidden(() => migrate(connections, clock))
    return await alone()
  } finally {
    await tenure.release()
  }
}

const ACCESS_DENIED = 'ClickHouse error 497'

async function unlessForbidden<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof TonearmError) || cause.message !== ACCESS_DENIED) throw cause
    throw new TonearmError(
      'store-unavailable',
      'tables are missing that this account may not make; run npm run migrate',
      cause,
    )
  }
}
