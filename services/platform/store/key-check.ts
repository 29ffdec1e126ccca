/**
 * Holds the master key against the store: with another key every DJ would be a new person, and none would find theirs.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import type { StoreConnection } from './store.ts'

const FACT = 'key-check'

/** Throws `key-mismatch` where the store was filled under another key; remembers the key in an empty store. */
export async function checkMasterKey(store: StoreConnection, keyCheck: string, clock: () => number): Promise<void> {
  const [fact] = await store.rows<{ value: string }>(
    'SELECT value FROM operations.facts FINAL WHERE name = {name:String}',
    { name: FACT },
  )
  if (fact === undefined) {
    const row = { name: FACT, value: keyCheck, version: clock() }
    await store.insert({ table: 'operations.facts', lines: Buffer.from(JSON.stringify(row)) })
  } else if (fact.value !== keyCheck) {
    throw new TonearmError('key-mismatch', 'the master key is not the one that this data was made with')
  }
}
