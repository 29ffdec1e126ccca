/**
 * What a process makes of the master key of its settings: the pseudonyms, and the key of what pages give a browser to keep.
 * @module
 */
import { join } from 'node:path'
import { canOthersRead, readMasterKey } from '../keys/master-key.ts'
import { derivePageKey } from '../keys/page-seal.ts'
import { createPseudonyms, type RotatingPseudonyms } from '../keys/pseudonyms.ts'

export interface MasterKeySettings {
  readonly DATA_DIR: string
  readonly MASTER_KEY?: string
  readonly MASTER_KEY_FILE?: string
}

interface OpenOptions {
  readonly mayCreate: boolean
  readonly logger: { warn(message: string): void }
}

/**
 * Throws `config-invalid` where there is no key, or none that can be used. With `mayCreate` one is made where none is set and
 * `DATA_DIR` has none: in a process that is alone, for of two that each made one nobody's data would be found again.
 */
export function openPseudonyms(config: MasterKeySettings, options: OpenOptions): RotatingPseudonyms {
  return createPseudonyms(openMasterKey(config, options))
}

/** The same for a process that serves pages of accounts: with the key of {@link createPageSeal}. */
export function openAccountKeys(
  config: MasterKeySettings,
  options: OpenOptions,
): { readonly pseudonyms: RotatingPseudonyms; readonly pageKey: Uint8Array } {
  const masterKey = openMasterKey(config, options)
  return { pseudonyms: createPseudonyms(masterKey), pageKey: derivePageKey(masterKey) }
}

function openMasterKey(config: MasterKeySettings, { mayCreate, logger }: OpenOptions): Buffer {
  const { DATA_DIR, MASTER_KEY: masterKey, MASTER_KEY_FILE } = config
  const file = MASTER_KEY_FILE ?? join(DATA_DIR, 'keys', 'master.key')
  const key = readMasterKey({ masterKey, file, mayCreate: mayCreate && MASTER_KEY_FILE === undefined })
  if (masterKey === undefined && canOthersRead(file)) logger.warn('others can read the file of the master key')
  return key
}
