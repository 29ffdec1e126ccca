/**
 * Writes a backup of a data folder that is in use: a snapshot, encrypted into a folder that has its name only when all of
 * it is on the disk.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { flushFolder } from '#platform/data-folder/flush-folder.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import { aboutFile } from './about.ts'
import { packFiles } from './archive.ts'
import { newBackupName, partialOf, removeExpired } from './backup-folder.ts'
import { deriveBackupKeys } from './backup-keys.ts'
import { DATA_FILE, type Manifest, manifestFile, writeManifest } from './manifest.ts'
import { NONCE_PREFIX_BYTES, sealStream } from './sealed-stream.ts'
import { removeSnapshot, type SnapshotSources, takeSnapshot } from './snapshot.ts'

const DAY_MS = 86_400_000

export interface BackupDependencies extends SnapshotSources {
  readonly ledger: ErasureLedger
  /** The key of the backups; asked for at each backup, so that it is made at the first one. */
  readonly backupKey: () => Buffer
  readonly origin: Manifest['origin']
  readonly retentionDays: number
  /** Unix milliseconds. */
  readonly clock: () => number
}

export interface BackupMade {
  readonly path: string
  readonly files: number
  readonly bytes: number
  /** Unix milliseconds. */
  readonly expiresAtMs: number
  /** Backups in the same folder that had expired and were deleted. */
  readonly expiredRemoved: number
}

export interface BackupProgress {
  readonly bytesDone: number
  readonly bytesTotal: number
}

/**
 * Makes a backup in `folder`, which holds all backups and is made where it is missing; deletes those in it that have
 * expired. Rejects with `backup-refused` where it cannot, or where `signal` ended it; nothing of it is then left.
 */
export async function writeBackup(
  dependencies: BackupDependencies,
  folder: string,
  onProgress: (progress: BackupProgress) => void,
  signal: AbortSignal,
): Promise<BackupMade> {
  const { dataDir, store, ledger, clock, origin, retentionDays } = dependencies
  const madeAtMs = clock()
  const name = newBackupName(madeAtMs)
  const partial = join(folder, partialOf(name))
  try {
    const salt = randomBytes(32)
    const noncePrefix = randomBytes(NONCE_PREFIX_BYTES)
    const keys = deriveBackupKeys(dependencies.backupKey(), salt)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const expiredRemoved = await removeExpired(folder, madeAtMs)
    await mkdir(partial, { mode: 0o700 })

    // Before the snapshot: what comes to the ledger afterwards need not be in it.
    await ledger.create()
    const newestErasure = (await ledger.read()).at(-1)?.receiptHash
    const files = await takeSnapshot(dependencies)
    const about = { migration: await newestMigration(store), ...(newestErasure === undefined ? {} : { newestErasure }) }
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)

    let bytesDone = 0
    async function* counted(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of stream) {
        bytesDone = Math.min(bytesDone + piece.length, bytes)
        onProgress({ bytesDone, bytesTotal: bytes })
        yield piece
      }
    }
    await pipeline(
      sealStream(counted(packFiles([aboutFile(about), ...files])), { key: keys.data, noncePrefix }),
      createWriteStream(join(partial, DATA_FILE), { flags: 'wx', mode: 0o600, flush: true }),
      { signal },
    )
    const expiresAtMs = madeAtMs + retentionDays * DAY_MS
    const manifest = writeManifest(
      { madeAtMs, expiresAtMs, files: files.length, bytes, salt, noncePrefix, origin },
      keys,
    )
    await writeFile(manifestFile(partial), manifest, { flag: 'wx', mode: 0o600, flush: true })
    await flushFolder(partial)
    const path = join(folder, name)
    await rename(partial, path)
    await flushFolder(folder)
    return { path, files: files.length, bytes, expiresAtMs, expiredRemoved }
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined)
    if (error instanceof TonearmError) throw error
    if (signal.aborted) throw new TonearmError('backup-refused', 'the service ended before the backup was made')
    const detail = error instanceof Error ? error.message : String(error)
    throw new TonearmError('backup-refused', `the backup cannot be written: ${detail}`, error)
  } finally {
    removeSnapshot(dataDir)
  }
}

async function newestMigration(store: SnapshotSources['store']): Promise<number> {
  const [row] = await store.rows<{ newest: number }>('SELECT max(number) AS newest FROM operations.migrations')
  return row?.newest ?? 0
}
