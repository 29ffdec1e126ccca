/**
 * Holds the master key against the store: with another key every DJ would be a new person, and none would find theirs.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import type { StoreConnection } from './store.ts'

const FACT = 'key-check'

/** Throws `key-mismatch` where the store was filled under another key; remembers the key in an empty store. */
export async function checkMasterKey(store: StoreConnection, keyCheck: string, clock: () => number): Promise<void> {
  if (await isKnownKey(store, keyCheck)) return
  const row = { name: FACT, value: keyCheck, version: clock() }
  await store.insert({ table: 'operations.facts', lines: Buffer.from(JSON.stringify(row)) })
}

/** The same where this process may not remember it: throws `store-unavailable` while no other has. */
export async function requireMasterKey(store: StoreConnection, keyCheck: string): Promise<void> {
  if (await isKnownKey(store, keyCheck)) return
  throw new TonearmError('store-unavailable', 'ingest has not begun on this store yet')
}

/** Whether the store knows its key already. Throws `key-mismatch` where that is another one. */
async function isKnownKey(store: StoreConnection, keyCheck: string): Promise<boolean> {
  const [fact] = await store.rows<{ value: string }>(
    'SELECT value FROM operations.facts FINAL WHERE name = {name:String}',
    { name: FACT },
  )
  if (fact !== undefined && fact.value !== keyCheck) {
    throw new TonearmError('key-mismatch', 'the master key is not the one that this data was made with')
  }
  return fact !== undefined
}
