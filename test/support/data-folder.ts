/**
 * Everything that a data folder holds, as bytes on disk and as what the store and the log read back from them.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { open } from 'lmdb'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'

/** The bytes of every file under the folder, by its path. */
export function readAllFiles(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))] as const),
  )
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
  const root = open({ path: join(dataDir, 'log'), noSubdir: false, readOnly: true, maxDbs: 4 })
  const entries = ['events', 'dead-letters'].flatMap((name) =>
    [...root.openDB<Buffer, number>(name, { encoding: 'binary' }).getRange()].map(({ value }) => Buffer.from(value)),
  )
  await root.close()
  return entries
}
