/**
 * A snapshot of the store and the log as they are at one moment, beside them in the data folder, for as long as a backup
 * is written of it.
 *
 * The store's part are hard links to the parts of its tables (`FREEZE`), made in milliseconds and without a copy. The log's
 * part is a copy, since its pages change. Both are plain text, and hold what may be erased meanwhile: they go when the
 * backup is written, and what a crash left goes at the next start.
 * @module
 */
import { existsSync, rmSync } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { EmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { type JobTurns, runAlone } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { ArchiveFile } from './archive.ts'

/** Letters only: the engine writes others otherwise into the name of the folder. */
const SNAPSHOT = 'backup'
/** A table that no store is without. */
const MIGRATIONS = 'operations.migrations'
/** The one file of an LMDB environment that matters; the other is its lock. */
const LOG_FILE = 'data.mdb'

export interface SnapshotSources {
  readonly dataDir: string
  readonly store: StoreConnection
  readonly log: EmbeddedEventLog
  readonly turns: JobTurns
}

interface FrozenTable {
  /** `playlists.sessions` */
  readonly name: string
  readonly uuid: string
}

/**
 * Takes a snapshot and resolves with its files, as `store/DATABASE.TABLE/PART/…` and `log/…`. No batch of ingest and no
 * build of charts is under way at its moment; both go on as soon as the links are made. There is one at a time.
 */
export async function takeSnapshot({ dataDir, store, log, turns }: SnapshotSources): Promise<readonly ArchiveFile[]> {
  removeSnapshot(dataDir)
  const logFolder = logFolderOf(dataDir)
  await mkdir(logFolder, { recursive: true, mode: 0o700 })
  const { tables, copied } = await runAlone(turns, async () => {
    const frozen = await freezeTables(store)
    // The copy keeps the position that the log has now; it may take its time.
    return { tables: frozen, copied: { log: log.copyTo(logFolder) } }
  })
  await copied.log
  const logBytes = (await stat(join(logFolder, LOG_FILE))).size
  const files: ArchiveFile[] = [{ path: `log/${LOG_FILE}`, bytes: logBytes, from: join(logFolder, LOG_FILE) }]
  for (const { name, uuid } of tables) {
    files.push(...(await filesIn(join(shadowOf(dataDir), 'store', uuid.slice(0, 3), uuid), `store/${name}`)))
  }
  if (!files.some(({ path }) => path.startsWith(`store/${MIGRATIONS}/`))) {
    throw new TonearmError('backup-refused', 'the store was not found in the snapshot of it')
  }
  return files
}

/** Removes a snapshot, also one that a crash left behind. */
export function removeSnapshot(dataDir: string): void {
  rmSync(shadowOf(dataDir), { recursive: true, force: true })
  rmSync(logFolderOf(dataDir), { recursive: true, force: true })
}

/** Whether there is a snapshot now: what is erased is off the disk only when it is gone. */
export function hasSnapshot(dataDir: string): boolean {
  return existsSync(shadowOf(dataDir)) || existsSync(logFolderOf(dataDir))
}

/** Every table but those that a build of charts fills anew before it reads them. */
async function freezeTables(store: StoreConnection): Promise<readonly FrozenTable[]> {
  const tables = await store.rows<FrozenTable>(
    `SELECT database || '.' || name AS name, toString(uuid) AS uuid FROM system.tables
     WHERE database NOT IN ('system', 'default', 'INFORMATION_SCHEMA', 'information_schema')
       AND engine LIKE '%MergeTree' AND NOT startsWith(name, 'build_')
     ORDER BY database, name`,
  )
  if (!tables.some(({ name }) => name === MIGRATIONS)) {
    throw new TonearmError('backup-refused', 'there is nothing to back up: the store has no tables')
  }
  for (const { name } of tables) await store.run(`ALTER TABLE ${name} FREEZE WITH NAME '${SNAPSHOT}'`)
  return tables
}

function shadowOf(dataDir: string): string {
  return join(dataDir, 'store', 'shadow', SNAPSHOT)
}

function logFolderOf(dataDir: string): string {
  return join(dataDir, 'snapshot')
}

/** The files under a folder, which is not there where a table has no parts. */
async function filesIn(folder: string, path: string): Promise<ArchiveFile[]> {
  if (!existsSync(folder)) return []
  const files: ArchiveFile[] = []
  for (const name of (await readdir(folder)).sort()) {
    const from = join(folder, name)
    const found = await stat(from)
    if (found.isDirectory()) files.push(...(await filesIn(from, `${path}/${name}`)))
    else files.push({ path: `${path}/${name}`, bytes: found.size, from })
  }
  return files
}
