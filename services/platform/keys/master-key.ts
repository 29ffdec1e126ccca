/**
 * The master key: 32 bytes from which every pseudonym's key is derived.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { TonearmError } from '../errors/tonearm-error.ts'

const KEY_BYTES = 32

/**
 * Reads the master key from `masterKey` (base64), else from `file`; where neither is there and `mayCreate`, makes the
 * file with mode 0600. Throws `config-invalid` where it is missing or not 32 bytes of base64.
 */
export function readMasterKey(options: {
  readonly masterKey?: string | undefined
  readonly file: string
  readonly mayCreate: boolean
}): Buffer {
  if (options.masterKey !== undefined) return decode(options.masterKey, 'MASTER_KEY')
  if (!existsSync(options.file)) {
    if (!options.mayCreate) throw new TonearmError('config-invalid', 'MASTER_KEY_FILE: no such file')
    mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 })
    writeFileSync(options.file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
  }
  return decode(readFileSync(options.file, 'utf8').trim(), 'MASTER_KEY_FILE')
}

function decode(text: string, setting: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES) throw new TonearmError('config-invalid', `${setting}: must be 32 bytes of base64`)
  return key
}
