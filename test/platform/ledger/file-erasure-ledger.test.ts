import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const entry = (number: number) => ({ owner: `owner-${number % 2}`, receiptHash: `hash-${number}`, atMs: number * 1000 })
const newFile = () => join(temporaryFolder(), 'ledger', 'erasures.ndjson')

describe('the ledger of erasures', () => {
  it('holds what was appended, in order, also for the next process', async () => {
    const file = newFile()
    const ledger = openErasureLedger(file)
    await Promise.all([ledger.append([entry(1), entry(2)]), ledger.append([entry(3)])])
    expect(await ledger.read()).toEqual([1, 2, 3].map(entry))
    expect(await openErasureLedger(file).read()).toEqual([1, 2, 3].map(entry))
  })

  it('holds an erasure once however often it is handed over', async () => {
    const file = newFile()
    const ledger = openErasureLedger(file)
    await ledger.append([entry(1), entry(1)])
    await ledger.append([entry(1), entry(2)])
    await openErasureLedger(file).append([entry(2)])
    expect(await ledger.read()).toEqual([1, 2].map(entry))
  })

  it('is empty, and makes no file, before the first erasure', async () => {
    const file = newFile()
    expect(await openErasureLedger(file).read()).toEqual([])
    await openErasureLedger(file).append([])
    expect(existsSync(file)).toBe(false)
  })

  it('can be made before the first erasure, and is left as it is afterwards', async () => {
    const file = newFile()
    await openErasureLedger(file).create()
    expect(readFileSync(file, 'utf8')).toBe('')
    await openErasureLedger(file).append([entry(1)])
    await openErasureLedger(file).create()
    expect(await openErasureLedger(file).read()).toEqual([entry(1)])
  })

  it('can be read by its owner only', async () => {
    const file = newFile()
    await openErasureLedger(file).append([entry(1)])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
  })

  it('goes on behind the last whole line after a crash in the middle of one', async () => {
    const file = newFile()
    await openErasureLedger(file).append([entry(1)])
    appendFileSync(file, '{"v":1,"owner":"own')
    expect(await openErasureLedger(file).read()).toEqual([entry(1)])
    await openErasureLedger(file).append([entry(2)])
    expect(await openErasureLedger(file).read()).toEqual([1, 2].map(entry))
  })

  it('does not pass over a line that it cannot read, for that may be an erasure', async () => {
    for (const line of ['{"v":2,"owner":"o","receiptHash":"h","at":"1970-01-01T00:00:00.001Z"}', 'nonsense', '']) {
      const file = newFile()
      await openErasureLedger(file).append([entry(1)])
      appendFileSync(file, `${line}\n`)
      const refusal = { code: 'ledger-unavailable', message: expect.stringContaining('in line 2') }
      await expect(openErasureLedger(file).read()).rejects.toMatchObject(refusal)
      await expect(openErasureLedger(file).append([entry(2)])).rejects.toMatchObject(refusal)
    }
  })

  it('lets go of what is older than any backup, and of nothing else', async () => {
    const file = newFile()
    const ledger = openErasureLedger(file)
    await ledger.append([1, 2, 3].map(entry))
    expect(await ledger.trim(2000)).toBe(1)
    expect(await ledger.trim(2000)).toBe(0)
    expect(await ledger.read()).toEqual([2, 3].map(entry))
    expect(readFileSync(file, 'utf8')).not.toContain('hash-1')
    await ledger.append([entry(4)])
    expect(await ledger.read()).toEqual([2, 3, 4].map(entry))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('says so when its place cannot be used', async () => {
    const file = newFile()
    mkdirSync(dirname(dirname(file)), { recursive: true })
    writeFileSync(dirname(file), 'a file where the folder should be')
    await expect(openErasureLedger(file).append([entry(1)])).rejects.toMatchObject({ code: 'ledger-unavailable' })
  })
})
