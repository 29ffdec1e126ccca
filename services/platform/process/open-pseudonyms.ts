/**
 * The pseudonyms of a process, from the master key of its settings.
 * @module
 */
import { join } from 'node:path'
import { canOthersRead, readMasterKey } from '../keys/master-key.ts'
import { createPseudonyms, type RotatingPseudonyms } from '../keys/pseudonyms.ts'

export interface MasterKeySettings {
  readonly DATA_DIR: string
  readonly MASTER_KEY?: string
  readonly MASTER_KEY_FILE?: string
}

/**
 * Throws `config-invalid` where there is no key, or none that can be used. With `mayCreate` one is made where none is set and
 * `DATA_DIR` has none: in a process that is alone, for of two that each made one nobody's data would be found again.
 */
export function openPseudonyms(
  config: MasterKeySettings,
  { mayCreate, logger }: { readonly mayCreate: boolean; readonly logger: { warn(message: string): void } },
): RotatingPseudonyms {
  const { DATA_DIR, MASTER_KEY: masterKey, MASTER_KEY_FILE } = config
  const file = MASTER_KEY_FILE ?? join(DATA_DIR, 'keys', 'master.key')
  const key = readMasterKey({ masterKey, file, mayCreate: mayCreate && MASTER_KEY_FILE === undefined })
  if (masterKey === undefined && canOthersRead(file)) logger.warn('others can read the file of the master key')
  return createPseudonyms(key)
}
