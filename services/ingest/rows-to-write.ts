/**
 * Rows that a batch will write, by table and by key: of two rows with one key only the later one is written.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'

/**
 * The tables in the order of writing, which is what a crash in between, and a reader in between, hang on: that an account
 * was erased comes first, so that a build or a writer which comes in between leaves out what is older; where a public
 * id leads comes before its session, so that an id which a DJ is told leads somewhere; the choices come before what is derived from
 * them, so that whatever is derived again sees them; then contributions and, behind them, the marks, so that a build which
 * has seen a mark has seen what it marks; the session's row last, so that its earlier version is still there, to be
 * compared with, when the batch is handed over again.
 */
export const writeOrder = [
  'playlists.account_states',
  'charts.tombstones',
  'playlists.erasures',
  'playlists.public_sessions',
  'playlists.profile_members',
  'playlists.choice_history',
  'playlists.session_choices',
  'charts.contributors',
  'charts.contributions',
  'charts.changes',
  'playlists.sessions',
] as const
export type IngestTable = (typeof writeOrder)[number]

export interface RowsToWrite {
  /** Takes a row, in place of an earlier one with the same key. */
  put(table: IngestTable, key: string, line: string): void
  /** Writes all rows in {@link writeOrder} and forgets them. */
  flush(store: StoreConnection): Promise<void>
}

export function createRowsToWrite(): RowsToWrite {
  const tables = new Map<IngestTable, Map<string, string>>()
  return {
    put(table, key, line) {
      const rows = tables.get(table) ?? new Map<string, string>()
      tables.set(table, rows)
      rows.set(key, line)
    },
    async flush(store) {
      for (const table of writeOrder) {
        const rows = tables.get(table)
        if (rows === undefined || rows.size === 0) continue
        for (const lines of inPortions(rows.values())) await store.insert({ table, lines })
      }
      tables.clear()
    },
  }
}

/** Bytes of one insert, about: a text in JavaScript ends at half a gigabyte, and memory is for others too. */
const INSERT_LENGTH_MAX = 16 * 1024 * 1024

function* inPortions(lines: Iterable<string>): Generator<Buffer> {
  let portion: string[] = []
  let length = 0
  for (const line of lines) {
    if (length > 0 && length + line.length > INSERT_LENGTH_MAX) {
      yield Buffer.from(portion.join('\n'))
      portion = []
      length = 0
    }
    portion.push(line)
    length += line.length
  }
  if (portion.length > 0) yield Buffer.from(portion.join('\n'))
}
