/**
 * The tables whose rows name contributors, and how each comes under another key.
 * @module
 */
import { columns } from '#schemas/privacy/columns.ts'

interface RotatedTable {
  readonly name: string
  /**
   * What of it is copied. `final`: the rows that hold, of two with one version the later one. `all`: every row, deleted and
   * replaced ones too.
   */
  readonly copies: 'final' | 'all'
  /**
   * What becomes of rows whose contributor is no account's. `drop`: they are left over from a batch or a deletion that did
   * not come to its end, and come back, or go, with it. `keep`: marks of nobody, and the members that stand in for an
   * erased account in a chart, whose numbers no key made.
   */
  readonly strangers: 'drop' | 'keep'
}

/** Every table with a contributor that outlasts a build; a test holds this to the labels. */
export const rotatedTables: readonly RotatedTable[] = [
  { name: 'charts.tombstones', copies: 'final', strangers: 'drop' },
  { name: 'charts.contributors', copies: 'final', strangers: 'drop' },
  { name: 'charts.contributions', copies: 'final', strangers: 'drop' },
  { name: 'charts.changes', copies: 'all', strangers: 'keep' },
  // Deleted rows tell of a build that died before readers saw what it made.
  { name: 'charts.bases', copies: 'all', strangers: 'keep' },
  { name: 'charts.earlier_bases', copies: 'final', strangers: 'keep' },
  { name: 'charts.pending_take_backs', copies: 'final', strangers: 'keep' },
]

/**
 * The rotation's own: each pseudonym and the one that takes its place. In the order of emptying: by the last one a start
 * knows that something was in hand.
 */
export const renewalTables = ['charts.renewed_sessions', 'charts.renewed_contributors'] as const

/** Bounds the memory: the joined tables go to the disk in parts, and few rows with long lists are held at once. */
const COPY_SETTINGS = `join_algorithm = 'grace_hash', max_block_size = 8192, min_insert_block_size_bytes = 67108864`

/** Copies the rows of the table beside themselves, under their new pseudonyms. Rows of strangers are not among them. */
export function copyStatement({ name, copies }: RotatedTable): string {
  const names = Object.keys(columns[name] ?? {})
  const hasSessions = names.includes('session')
  const renewed: Readonly<Record<string, string>> = {
    contributor: 'contributors.renewed',
    session: 'sessions.renewed',
    key_version: '{next:UInt16}',
  }
  // The engine names the lists of a nested column in one; apart they cannot be told to the columns they come from.
  const values = names.map((column) => renewed[column] ?? `source.\`${column}\``)
  const joinSessions = `INNER JOIN (SELECT session, renewed FROM charts.renewed_sessions FINAL) AS sessions
    ON sessions.session = source.session`
  return `INSERT INTO ${name} (${names.map((column) => `\`${column}\``).join(', ')})
    SELECT ${values.join(', ')}
    FROM (SELECT * FROM ${name} ${copies === 'final' ? 'FINAL' : ''} WHERE key_version != {next:UInt16}) AS source
    INNER JOIN (SELECT contributor, renewed FROM charts.renewed_contributors FINAL) AS contributors
      ON contributors.contributor = source.contributor
    ${hasSessions ? joinSessions : ''}
    SETTINGS ${COPY_SETTINGS}`
}

/** Deletes what the copies of a rotation replaced, once its key is in use. */
export function deleteOldStatement({ name, strangers }: RotatedTable): string {
  const ofAccounts =
    strangers === 'keep' ? 'AND contributor IN (SELECT contributor FROM charts.renewed_contributors)' : ''
  return `DELETE FROM ${name} WHERE key_version != {active:UInt16} ${ofAccounts}`
}
