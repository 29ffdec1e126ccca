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
