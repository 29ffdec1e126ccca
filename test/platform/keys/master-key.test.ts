import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canOthersRead, readMasterKey } from '#platform/keys/master-key.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const keyFile = () => join(temporaryFolder(), 'keys', 'master.key')
const base64 = (bytes: number) => Buffer.alloc(bytes, 1).toString('base64')

describe('the master key', () => {
  it('is made at first use, in a file and a folder that only their user may read', () => {
    const file = keyFile()
    expect(readMasterKey({ file, mayCreate: true })).toHaveLength(32)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
  })

  it('is known to be open to others where its file is', () => {
    const file = keyFile()
    readMasterKey({ file, mayCreate: true })
    expect(canOthersRead(file)).toBe(false)
    chmodSync(file, 0o640)
    expect(canOthersRead(file)).toBe(true)
    expect(canOthersRead(`${file}.gone`)).toBe(false)
  })

  it('is read again from its file, and another folder has another', () => {
    const file = keyFile()
    const key = readMasterKey({ file, mayCreate: true })
    expect(readMasterKey({ file, mayCreate: false })).toEqual(key)
    expect(readMasterKey({ file: keyFile(), mayCreate: true })).not.toEqual(key)
  })

  it('comes from the setting before the file', () => {
    const file = keyFile()
    readMasterKey({ file, mayCreate: true })
    expect(readMasterKey({ masterKey: base64(32), file, mayCreate: true })).toEqual(Buffer.alloc(32, 1))
  })

  it('is not made where it may not be', () => {
    expect(() => readMasterKey({ file: keyFile(), mayCreate: false })).toThrow(/^MASTER_KEY_FILE: no such file$/)
  })

  it.each([0, 16, 31, 33])('is refused with %i bytes', (bytes) => {
    expect(() => readMasterKey({ masterKey: base64(bytes), file: keyFile(), mayCreate: true })).toThrow(
      /^MASTER_KEY: must be 32 bytes of base64$/,
    )
  })

  it('is refused, and left as it is, where the file holds something else', () => {
    const file = join(temporaryFolder(), 'master.key')
    writeFileSync(file, 'no key\n')
    expect(() => readMasterKey({ file, mayCreate: true })).toThrow(/^MASTER_KEY_FILE: must be/)
    expect(readFileSync(file, 'utf8')).toBe('no key\n')
  })
})
