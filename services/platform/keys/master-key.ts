/**
 * The master key: 32 bytes from which every pseudonym's key is derived.
 * @module
 */
import { readSecretKey } from './secret-key.ts'

/**
 * Reads the master key from `masterKey` (base64), else from `file`; where neither is there and `mayCreate`, makes the
 * file with mode 0600. Throws `config-invalid` where it is missing or not 32 bytes of base64.
 */
export function readMasterKey(options: {
  readonly masterKey?: string | undefined
  readonly file: string
  readonly mayCreate: boolean
}): Buffer {
  const { masterKey, file, mayCreate } = options
  return readSecretKey({ setting: 'MASTER_KEY', value: masterKey, file, mayCreate })
}
