/**
 * Makes deleted rows go from the disk, and not only from what a query sees.
 *
 * Three things keep them there. A `DELETE` masks its rows in parts that stay as they are, until they are rewritten. The
 * text of the statement, with the ids in it, stays in a file of the table beside those of a hundred later ones; killing a
 * mutation that is done removes that file and nothing else. And a part that was rewritten stays beside its successor
 * until the engine comes by, which it does ever more seldom while there is little to do (minutes were measured); dropping
 * a partition makes it clear the old parts of the table at once, and there is none of the id that is dropped here.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { TonearmError } from '../errors/tonearm-error.ts'
import type { StoreConnection } from './store.ts'

/** Old parts go once they are a second old (`old_parts_lifetime`) and no query reads them any more. */
const PURGE_MS_MAX = 120_000
const POLL_MS_MIN = 20
const POLL_MS_MAX = 200

/**
 * Resolves when what was deleted from these tables (`database.table`) lies in no file of the store any more.
 *
 * @param limitMs how long it may take
 * @throws `store-unavailable` when it takes longer, because queries hold on to old parts: calling it again goes on. Also
 * what the store's own statements throw.
 */
export async function purgeTables(
  store: StoreConnection,
  tables: readonly string[],
  limitMs: number = PURGE_MS_MAX,
): Promise<void> {
  const until = Date.now() + limitMs
  for (const table of await tablesWhere(store, tables, 'active AND has_lightweight_delete')) {
    await store.run(`ALTER TABLE ${table} APPLY DELETED MASK SETTINGS mutations_sync = 2`)
  }
  for (const table of await tablesWhere(store, tables, 'is_done', 'system.mutations')) {
    const [database, name] = table.split('.')
    await store.run(`KILL MUTATION WHERE database = '${database}' AND table = '${name}' AND is_done SYNC`)
  }
  // These, and no others: while rows come in, merges leave old parts behind at any time.
  const old = await inactiveParts(store, tables)
  for (let pollMs = POLL_MS_MIN; ; pollMs = Math.min(pollMs * 2, POLL_MS_MAX)) {
    const parts = [...(await inactiveParts(store, tables))].filter((part) => old.has(part))
    const left = [...new Set(parts.map((part) => part.split(' ', 1)[0] ?? ''))]
    if (left.length === 0) return
    if (Date.now() > until) {
      throw new TonearmError('store-unavailable', `deleted rows are still on the disk: ${left.join(', ')}`)
    }
    for (const table of left) await store.run(`ALTER TABLE ${table} DROP PARTITION ID 'none'`)
    await sleep(pollMs)
  }
}

/** The parts of the tables that were replaced and are still there, as `database.table part`. */
async function inactiveParts(store: StoreConnection, tables: readonly string[]): Promise<Set<string>> {
  const rows = await store.rows<{ part: string }>(
    `SELECT concat(database, '.', table, ' ', name) AS part FROM system.parts
     WHERE NOT active AND database || '.' || table IN {tables:Array(String)}`,
    { tables },
  )
  return new Set(rows.map(({ part }) => part))
}

/** Those of the tables that have a part, or a mutation, which the condition holds for. */
async function tablesWhere(
  store: StoreConnection,
  tables: readonly string[],
  condition: string,
  among: 'system.parts' | 'system.mutations' = 'system.parts',
): Promise<string[]> {
  const rows = await store.rows<{ name: string }>(
    `SELECT DISTINCT database || '.' || table AS name FROM ${among}
     WHERE (${condition}) AND database || '.' || table IN {tables:Array(String)} ORDER BY name`,
    { tables },
  )
  return rows.map(({ name }) => name)
}
