/**
 * Whether a store has what this version works on: asked by services that may not make tables themselves.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import { readMissing } from './migrate.ts'
import type { StoreConnection } from './store.ts'

/**
 * Throws `store-unavailable` while the store has not all tables of this version, for another process may be making them,
 * and `store-newer` where it has some of a newer one.
 */
export async function requireTables(store: StoreConnection): Promise<void> {
  if ((await readMissing(store)).length > 0) {
    throw new TonearmError('store-unavailable', 'the store has not all tables of this version; run npm run migrate')
  }
}

/** Throws `store-unavailable` while no process with the right to it has written which master key the store is of. */
export async function requireMasterKey(store: StoreConnection, keyCheck: string): Promise<void> {
  const [fact] = await store.rows<{ value: string }>(
    "SELECT value FROM operations.facts FINAL WHERE name = 'key-check'",
  )
  if (fact === undefined) throw new TonearmError('store-unavailable', 'ingest has not begun on this store yet')
  if (fact.value !== keyCheck) {
    throw new TonearmError('key-mismatch', 'the master key is not the one that this data was made with')
  }
}
