/**
 * The master key: 32 bytes from which every pseudonym's key is derived.
 * @module
 */
import { statSync } from 'node:fs'
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

/**
 * Whether other users of the machine can read the file. That is worth a warning and no more: secrets that an orchestrator
 * mounts into a container are readable by all in it, and nobody else is there.
 */
export function canOthersRead(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false })
  return found !== undefined && (found.mode & 0o077) !== 0
}
