/**
 * Keys of 32 random bytes, from a setting or from a file that is made at first use.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { TonearmError } from '../errors/tonearm-error.ts'

const KEY_BYTES = 32

/**
 * Reads a key from `value` (base64), else from `file`; where neither is there and `mayCreate`, makes the file with mode
 * 0600. Throws `config-invalid` where it is missing or not 32 bytes of base64.
 */
export function readSecretKey(options: {
  /** Name of the setting that holds the key itself; that of its file has `_FILE` behind it. */
  readonly setting: string
  readonly value: string | undefined
  readonly file: string
  readonly mayCreate: boolean
}): Buffer {
  const { setting, value, file, mayCreate } = options
  if (value !== undefined) return decode(value, setting)
  if (!existsSync(file)) {
    if (!mayCreate) throw new TonearmError('config-invalid', `${setting}_FILE: no such file`)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  return decode(readFileSync(file, 'utf8').trim(), `${setting}_FILE`)
}

function decode(text: string, setting: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES) throw new TonearmError('config-invalid', `${setting}: must be 32 bytes of base64`)
  return key
}
