/**
 * What only the service can compute: pseudonyms under the keys of a data folder, so that a test knows what is true.
 * @module
 */
import { join } from 'node:path'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { createPseudonyms, type Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import type { StoreConnection } from '#platform/store/store.ts'

/** With the contributor key in use where the store is given; without it, contributors are not those of the folder. */
export async function folderPseudonyms(dataDir: string, store?: StoreConnection): Promise<Pseudonyms> {
  const masterKey = readMasterKey({ file: join(dataDir, 'keys', 'master.key'), mayCreate: false })
  return createPseudonyms(masterKey, store && (await readContributorKey(store)))
}
