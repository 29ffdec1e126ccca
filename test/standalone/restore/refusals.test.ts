import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { backUp, restore } from '../backup/open-data-folder.ts'

const MADE_AT_MS = Date.parse('2026-02-14T01:10:00.000Z')
const DAY_MS = 86_400_000
const now = { nowMs: MADE_AT_MS + DAY_MS }
const erasure = { owner: 'owner', receiptHash: 'hash', atMs: MADE_AT_MS - 2 * DAY_MS }
const otherKey = Buffer.alloc(32, 7).toString('base64')

const origin = mkdtempSync(join(tmpdir(), 'tonearm-restore-'))
const originData = join(origin, 'data')
const originLedger = join(originData, 'ledger', 'erasures.ndjson')
let made: string

beforeAll(async () => {
  await openErasureLedger(originLedger).append([erasure])
  made = (await backUp(originData, join(origin, 'backups'), { nowMs: MADE_AT_MS })).path
})
afterAll(() => rmSync(origin, { recursive: true, force: true }))

/** A copy of the backup, to be changed. */
function copyOfBackup(): string {
  const copy = join(temporaryFolder(), 'backup')
  cpSync(made, copy, { recursive: true })
  return copy
}

/** Expects the refusal, and a new folder that is still new afterwards. */
async function expectRefusal(
  folder: string,
  options: Parameters<typeof restore>[2],
  code: string,
  message: RegExp,
): Promise<void> {
  const dataDir = join(temporaryFolder(), 'data')
  await expect(restore(dataDir, folder, { ...now, ...options })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  })
  const left = existsSync(dataDir) ? readdirSync(dataDir) : []
  expect(left.filter((name) => !['lock', 'ledger'].includes(name))).toEqual([])
}

describe('a restore', () => {
  it('takes the newest backup of a folder, or the one that the folder is', async () => {
    for (const folder of [join(origin, 'backups'), made]) {
      const dataDir = join(temporaryFolder(), 'data')
      const restored = await restore(dataDir, folder, now)
      expect(restored).toEqual({ backup: made, madeAt: '2026-02-14T01:10:00.000Z', erasuresApplied: 0 })
      expect(readdirSync(dataDir).sort()).toEqual(['keys', 'ledger', 'lock', 'log', 'store'])
      expect(await openErasureLedger(join(dataDir, 'ledger', 'erasures.ndjson')).read()).toEqual([erasure])
    }
  })

  it('is refused with another key of the backups', async () => {
    await expectRefusal(made, { settings: { BACKUP_KEY: otherKey } }, 'backup-refused', /the key is not the one/)
  })

  it('is refused with another master key', async () => {
    await expectRefusal(made, { settings: { MASTER_KEY: otherKey } }, 'key-mismatch', /the master key is not the one/)
  })

  it('is refused where a key is nowhere to be found, and says how to give it', async () => {
    const keys = join(originData, 'keys')
    renameSync(keys, `${keys}-away`)
    try {
      await expectRefusal(made, {}, 'backup-refused', /the master key is not there: give MASTER_KEY_FILE, .*--keys/)
      const dataDir = join(temporaryFolder(), 'data')
      await restore(dataDir, made, { ...now, keysFolder: `${keys}-away` })
      expect(readdirSync(join(dataDir, 'keys')).sort()).toEqual(['backup.key', 'master.key'])
    } finally {
      renameSync(`${keys}-away`, keys)
    }
  })

  it('follows no place of keys that lies among the backups, where whoever writes backups could put their own', async () => {
    const backups = temporaryFolder()
    const { path } = await backUp(join(backups, 'data'), backups, { nowMs: MADE_AT_MS })
    await expectRefusal(path, {}, 'backup-refused', /the master key is not there/)
  })

  it('is refused where a byte of the backup was changed, or its end is missing', async () => {
    const data = readFileSync(join(made, 'data'))
    const changed = Buffer.from(data)
    const middle = Math.floor(changed.length / 2)
    changed[middle] = (changed[middle] ?? 0) ^ 1
    for (const bytes of [changed, data.subarray(0, -1), data.subarray(0, middle), Buffer.alloc(0)]) {
      const copy = copyOfBackup()
      writeFileSync(join(copy, 'data'), bytes)
      await expectRefusal(copy, {}, 'backup-refused', /damaged or not complete, in chunk \d+/)
    }
  })

  it('is refused once the backup has expired, and where its expiry was put off', async () => {
    const expired = { nowMs: MADE_AT_MS + 30 * DAY_MS }
    await expectRefusal(made, expired, 'backup-refused', /expired, on 2026-03-16T01:10:00.000Z/)
    const copy = copyOfBackup()
    const manifest = join(copy, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('2026-03-16', '2027-03-16'))
    await expectRefusal(copy, expired, 'backup-refused', /the manifest of the backup was changed/)
  })

  it('is refused without the ledger of erasures, unless it is said that there was none', async () => {
    renameSync(originLedger, `${originLedger}-away`)
    try {
      await expectRefusal(made, {}, 'backup-refused', /the ledger of erasures is not there.*--ledger.*--no-ledger/)
      await expectRefusal(made, { ledger: originLedger }, 'backup-refused', /there is no ledger of erasures at /)
      const restored = await restore(join(temporaryFolder(), 'data'), made, { ...now, ledger: 'none' })
      expect(restored.erasuresApplied).toBe(0)
    } finally {
      renameSync(`${originLedger}-away`, originLedger)
    }
  })

  it('is refused with a ledger that is older than the backup, or another service’s', async () => {
    const other = join(temporaryFolder(), 'erasures.ndjson')
    await openErasureLedger(other).append([{ ...erasure, receiptHash: 'other' }])
    await expectRefusal(made, { ledger: other }, 'backup-refused', /the ledger of erasures is older than the backup/)
  })

  it('is refused into a folder that has data, which stays as it is', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    mkdirSync(join(dataDir, 'log'), { recursive: true })
    writeFileSync(join(dataDir, 'log', 'data.mdb'), 'precious')
    await expect(restore(dataDir, made, now)).rejects.toMatchObject({
      code: 'backup-refused',
      message: expect.stringContaining('has data already'),
    })
    expect(readFileSync(join(dataDir, 'log', 'data.mdb'), 'utf8')).toBe('precious')
  })

  it('is refused where there is no backup', async () => {
    await expectRefusal(temporaryFolder(), {}, 'backup-refused', /there is no backup in/)
  })
})
