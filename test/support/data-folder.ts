/**
 * Everything that a data folder holds, as bytes on disk and as what the store and the log read back from them.
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { open } from 'lmdb'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'

/** The bytes of every file under the folder, by its path. */
export function readAllFiles(folder: string): Map<string, Buffer> {
  const read = new Map<string, Buffer>()
  for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) for (const [file, bytes] of readAllFiles(path)) read.set(file, bytes)
    const bytes = entry.isFile() ? unlessGone(() => readFileSync(path)) : undefined
    if (bytes !== undefined) read.set(path, bytes)
  }
  return read
}

/** A store that is at work renames and removes files between the listing and the reading. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
}

/** Every row of every table of the store, as text, by the table's name; deleted and replaced rows too, where they are. */
export async function readAllTables(dataDir: string): Promise<Map<string, string>> {
  const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
  const connection = store.connect('privacy')
  const tables = await connection.rows<{ name: string }>(
    `SELECT database || '.' || name AS name FROM system.tables
     WHERE engine LIKE '%MergeTree' OR engine LIKE '%Log' OR engine = 'Memory'`,
  )
  const read = new Map<string, string>()
  for (const { name } of tables) {
    const rows = await connection.rows<Record<string, unknown>>(`SELECT * FROM ${name}`)
    read.set(name, rows.map((row) => JSON.stringify(row)).join('\n'))
  }
  await store.close()
  return read
}

/** The bytes of every entry of the event log and of the dead letters, as LMDB hands them out. */
export async function readAllLogEntries(dataDir: string): Promise<Buffer[]> {
  const folder = join(dataDir, 'log')
  const pointer = join(folder, 'current')
  const path = existsSync(pointer) ? join(folder, readFileSync(pointer, 'utf8').trim()) : folder
  const root = open({ path, noSubdir: false, readOnly: true, maxDbs: 4 })
  const entries = ['events', 'dead-letters'].flatMap((name) =>
    [...root.openDB<Buffer, number>(name, { encoding: 'binary' }).getRange()].map(({ value }) => Buffer.from(value)),
  )
  await root.close()
  return entries
}

/** A text in the encodings that it could have been kept in. */
export function encodingsOf(text: string): Buffer[] {
  const littleEndian = Buffer.from(text, 'utf16le')
  return [Buffer.from(text), littleEndian, Buffer.from(littleEndian).swap16()]
}
