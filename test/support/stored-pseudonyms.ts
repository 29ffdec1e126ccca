/**
 * The pseudonyms of a data folder, as the service that filled it makes them.
 * @module
 */
import { join } from 'node:path'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { createPseudonyms, type RotatingPseudonyms } from '#platform/keys/pseudonyms.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import type { StoreConnection } from '#platform/store/store.ts'

/** With the contributor key that the store has in use; without a store, for owners and sessions only. */
export async function storedPseudonyms(dataDir: string, store?: StoreConnection): Promise<RotatingPseudonyms> {
  const masterKey = readMasterKey({ file: join(dataDir, 'keys', 'master.key'), mayCreate: false })
  return createPseudonyms(masterKey, store && (await readContributorKey(store)))
}
