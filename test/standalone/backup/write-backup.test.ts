import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { backUp } from './open-data-folder.ts'

const DAY_MS = 86_400_000
const START_MS = Date.parse('2026-02-14T01:10:00.000Z')
const backupsIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('tonearm-'))

describe('a backup', () => {
  it('has a name, two files and a manifest that tell when it was made, how large it is and nothing of what is in it', async () => {
    const folder = temporaryFolder()
    const made = await backUp(join(folder, 'data'), join(folder, 'backups'), { nowMs: START_MS })
    expect(made.path).toMatch(/\/backups\/tonearm-20260214T011000Z-[0-9a-f]{8}$/)
    expect(readdirSync(made.path).sort()).toEqual(['data', 'manifest.json'])
    const manifest = JSON.parse(readFileSync(join(made.path, 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({
      madeAt: '2026-02-14T01:10:00.000Z',
      expiresAt: '2026-03-16T01:10:00.000Z',
      files: made.files,
      bytes: made.bytes,
    })
    const names = ['format', 'version', 'madeAt', 'expiresAt', 'files', 'bytes', 'salt', 'noncePrefix', 'keyCheck']
    expect(Object.keys(manifest)).toEqual([...names, 'origin', 'mac'])
    const data = readFileSync(join(made.path, 'data'))
    expect(data.length).toBeGreaterThan(made.bytes)
    for (const word of ['playlists', 'sessions', 'columns', 'data.mdb', 'owner'])
      expect(data.includes(word)).toBe(false)
  })

  it('has a key of its own, made at the first one, which nobody else may read', async () => {
    const folder = temporaryFolder()
    await backUp(join(folder, 'data'), join(folder, 'backups'))
    const file = join(folder, 'data', 'keys', 'backup.key')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const key = readFileSync(file, 'utf8')
    expect(key).not.toBe(readFileSync(join(folder, 'data', 'keys', 'master.key'), 'utf8'))
    await backUp(join(folder, 'data'), join(folder, 'backups'))
    expect(readFileSync(file, 'utf8')).toBe(key)
  })

  it('leaves no snapshot behind, and clears away what a crash left', async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const backups = join(folder, 'backups')
    const left = [join(dataDir, 'snapshot'), join(dataDir, 'store', 'shadow', 'backup')]
    const half = join(backups, '.tonearm-20260214T011000Z-00000000.partial')
    for (const path of [...left, half]) {
      mkdirSync(path, { recursive: true })
      writeFileSync(join(path, 'data'), 'half')
    }
    const made = await backUp(dataDir, backups)
    expect(left.filter((path) => existsSync(path))).toEqual([])
    expect(readdirSync(backups)).toEqual([made.path.split('/').at(-1)])
  })

  it('deletes those in the same folder that have expired, and nothing else', async () => {
    const folder = temporaryFolder()
    const backups = join(folder, 'backups')
    const settings = { BACKUP_RETENTION_DAYS: '2' }
    const dataDir = join(folder, 'data')
    const first = await backUp(dataDir, backups, { nowMs: START_MS, settings })
    const second = await backUp(dataDir, backups, { nowMs: START_MS + DAY_MS, settings })
    mkdirSync(join(backups, 'tonearm-20200101T000000Z-00000000'))
    writeFileSync(join(backups, 'notes.txt'), 'mine')
    const third = await backUp(dataDir, backups, { nowMs: START_MS + 2 * DAY_MS, settings })
    expect([second.expiredRemoved, third.expiredRemoved]).toEqual([0, 1])
    expect(existsSync(first.path)).toBe(false)
    expect(existsSync(second.path)).toBe(true)
    expect(readdirSync(backups)).toHaveLength(4)
  })

  it('that is ended on the way leaves nothing', async () => {
    const folder = temporaryFolder()
    const ending = backUp(join(folder, 'data'), join(folder, 'backups'), { signal: AbortSignal.abort() })
    await expect(ending).rejects.toMatchObject({ code: 'backup-refused' })
    expect(readdirSync(join(folder, 'backups'))).toEqual([])
    expect(existsSync(join(folder, 'data', 'snapshot'))).toBe(false)
  })

  it('is refused where the folder cannot be written', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'backups'), 'a file')
    await expect(backUp(join(folder, 'data'), join(folder, 'backups'))).rejects.toMatchObject({
      code: 'backup-refused',
    })
    expect(backupsIn(folder)).toEqual([])
  })
})
