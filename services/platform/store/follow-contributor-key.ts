/**
 * Keeps the pseudonyms of a process on the version of the contributor key that is in use: another process may rotate it.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import type { RotatingPseudonyms } from '../keys/pseudonyms.ts'
import { readContributorKey } from './contributor-keys.ts'
import type { StoreConnection } from './store.ts'

const INTERVAL_MS = 5_000

/** Takes the version in use. Throws `store-unavailable` where there is none yet, and what the store throws. */
export async function takeContributorKey(store: StoreConnection, pseudonyms: RotatingPseudonyms): Promise<void> {
  const key = await readContributorKey(store)
  if (key === undefined) throw new TonearmError('store-unavailable', 'ingest has not begun on this store yet')
  pseudonyms.useContributorKey(key)
}

/** Looks every few seconds; while the store is away the version of before holds. Returns what ends it. */
export function followContributorKey(store: StoreConnection, pseudonyms: RotatingPseudonyms): () => void {
  const timer = setInterval(() => {
    takeContributorKey(store, pseudonyms).catch(() => undefined)
  }, INTERVAL_MS)
  timer.unref()
  return () => clearInterval(timer)
}
