/**
 * A folder of backups: each lies in a folder of its own, named by the time at which it was made.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { type Manifest, readManifest } from './manifest.ts'

const backupName = /^tonearm-\d{8}T\d{6}Z-[0-9a-f]{8}$/
const partialName = /^\.tonearm-\d{8}T\d{6}Z-[0-9a-f]{8}\.partial$/
/** Nobody writes a backup for longer than this. */
const PARTIAL_MS_MAX = 86_400_000

/** A name for a new backup: names in order are times in order. */
export function newBackupName(madeAtMs: number): string {
  const time = new Date(madeAtMs).toISOString().replace(/[-:]|\.\d{3}/g, '')
  return `tonearm-${time}-${randomBytes(4).toString('hex')}`
}

/** The folder of a backup while it is being written: nobody takes it for one. */
export function partialOf(name: string): string {
  return `.${name}.partial`
}

export interface FoundBackup {
  readonly path: string
  readonly manifest: Manifest
}

/** The backups in a folder, oldest first. */
async function listBackups(folder: string): Promise<readonly FoundBackup[]> {
  const names = (await namesIn(folder)).filter((name) => backupName.test(name)).sort()
  const found: FoundBackup[] = []
  for (const name of names) {
    const path = join(folder, name)
    const manifest = await readManifest(path)
    if (manifest !== undefined) found.push({ path, manifest })
  }
  return found.sort((one, other) => Date.parse(one.manifest.madeAt) - Date.parse(other.manifest.madeAt))
}

/** The backup that a folder is, or the newest of those that it holds. Throws `backup-refused` where there is none. */
export async function findBackup(folder: string): Promise<FoundBackup> {
  const manifest = await readManifest(folder)
  if (manifest !== undefined) return { path: folder, manifest }
  const newest = (await listBackups(folder)).at(-1)
  if (newest === undefined) throw new TonearmError('backup-refused', `there is no backup in ${folder}`)
  return newest
}

/** Deletes what a crash left half written, and backups that have expired; resolves with the number of the latter. */
export async function removeExpired(folder: string, nowMs: number): Promise<number> {
  // A younger one may be another service's, which is at work on it.
  const anOldOne = partialOf(newBackupName(nowMs - PARTIAL_MS_MAX))
  for (const name of await namesIn(folder)) {
    if (partialName.test(name) && name < anOldOne) await rm(join(folder, name), { recursive: true, force: true })
  }
  const expired = (await listBackups(folder)).filter(({ manifest }) => Date.parse(manifest.expiresAt) <= nowMs)
  for (const { path } of expired) await rm(path, { recursive: true, force: true })
  return expired.length
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    const detail = error instanceof Error ? error.message : String(error)
    throw new TonearmError('backup-refused', `the folder of the backups cannot be read: ${detail}`, error)
  }
}
