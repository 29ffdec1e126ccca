/**
 * Brings the parts of the tables in a backup into an empty store.
 * @module
 */
import { existsSync } from 'node:fs'
import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { StoreConnection } from '#platform/store/store.ts'

const partName = /^\w+$/

/**
 * Moves the parts under `folder` (`DATABASE.TABLE/PART`) into the tables of the same names, which must be those of the
 * migration that the backup was made under. Rejects with `backup-refused` for a table or a part that is none.
 */
export async function attachParts(store: StoreConnection, folder: string): Promise<void> {
  if (!existsSync(folder)) throw unfit()
  const tables = await store.rows<{ name: string; path: string }>(
    `SELECT database || '.' || name AS name, data_paths[1] AS path FROM system.tables WHERE engine LIKE '%MergeTree'`,
  )
  const paths = new Map(tables.map(({ name, path }) => [name, path]))
  for (const table of (await readdir(folder)).sort()) {
    const path = paths.get(table)
    if (path === undefined) throw unfit()
    for (const part of (await readdir(join(folder, table))).sort()) {
      if (!partName.test(part)) throw unfit()
      await rename(join(folder, table, part), join(path, 'detached', part))
      await store.run(`ALTER TABLE ${table} ATTACH PART '${part}'`)
    }
  }
}

function unfit(): TonearmError {
  return new TonearmError('backup-refused', 'the backup holds something else than this version writes')
}
