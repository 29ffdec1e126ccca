/**
 * The versions of the contributor key, as their salts: without its salt a version cannot be derived any more, not even by
 * who has the master key.
 * @module
 */
import { type ContributorKey, unsaltedKey } from '../keys/pseudonyms.ts'
import type { StoreConnection } from './store.ts'

const SALT_BYTES = 32

/** Clock (Unix milliseconds) and randomness of those who make keys. */
export interface KeySource {
  readonly clock: () => number
  readonly randomBytes: (bytes: number) => Buffer
}

/** The version in use; `undefined` where the store has none yet. */
export async function readContributorKey(store: StoreConnection): Promise<ContributorKey | undefined> {
  const [row] = await store.rows<{ version: number; salt: string }>(
    'SELECT version, salt FROM operations.contributor_keys FINAL WHERE is_active = 1 ORDER BY version DESC LIMIT 1',
  )
  return row && { version: row.version, salt: Buffer.from(row.salt, 'base64') }
}

/** The version in use; makes the first one in an empty store. A store that was filled before there were salts keeps none. */
export async function openContributorKey(store: StoreConnection, source: KeySource): Promise<ContributorKey> {
  const known = await readContributorKey(store)
  if (known !== undefined) return known
  const [contributor] = await store.rows('SELECT 1 FROM charts.contributors LIMIT 1')
  const first = contributor === undefined ? nextContributorKey(0, source) : unsaltedKey
  await useContributorKey(store, first, source)
  return first
}

/** A version with a salt that never was. It is nowhere until {@link useContributorKey}. */
export function nextContributorKey(version: number, { randomBytes }: KeySource): ContributorKey {
  return { version: version + 1, salt: randomBytes(SALT_BYTES) }
}

/** Switches to a version with one row: whoever reads the version in use from then on finds this one. */
export async function useContributorKey(
  store: StoreConnection,
  { version, salt }: ContributorKey,
  { clock }: KeySource,
): Promise<void> {
  const changedAt = new Date(clock()).toISOString()
  const row = { version, salt: salt.toString('base64'), is_active: 1, changed_at: changedAt }
  await store.insert({ table: 'operations.contributor_keys', lines: Buffer.from(JSON.stringify(row)) })
}
