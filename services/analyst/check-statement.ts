/**
 * Whether a statement is one that analysts may send.
 *
 * It is asked of the statement as the engine itself writes it (`canonical-statement.ts`): one statement, without comments,
 * with every name and every text as they are meant. So nothing is guessed here of how the engine reads it. Rights, limits and
 * the bound role are the engine's own; what stands here is what it has no right for: `SET`, files of results, functions
 * that read the machine, and the tables of `system` that tell of others.
 * @module
 */
import { ClickhouseException } from '#platform/clickhouse-http/exception.ts'
import { readTokens, type Token } from '#platform/clickhouse-http/tokens.ts'
import { type AnalystLimits, checkStatementSetting } from './analyst-settings.ts'
import { VIEWS_OF_SYSTEM } from './analysts-database.ts'
import type { KnownNames } from './known-names.ts'

/** Tables of `system` that tell of the engine and of nothing else. */
const plainSystemTables: ReadonlySet<string> = new Set([
  ...['one', 'numbers', 'numbers_mt', 'zeros', 'zeros_mt', 'settings', 'functions', 'formats', 'data_type_families'],
  ...[
    'table_functions',
    'table_engines',
    'database_engines',
    'aggregate_function_combinators',
    'keywords',
    'collations',
  ],
  'time_zones',
])

/** Those of which analysts see a part: a view of the same name stands in their place. */
const viewedSystemTables: ReadonlySet<string> = new Set(['tables', 'columns', 'databases'])

const changing =
  /^(INSERT|ALTER|CREATE|DROP|TRUNCATE|DELETE|UPDATE|OPTIMIZE|RENAME|EXCHANGE|ATTACH|DETACH|UNDROP|MOVE|SET|USE|BEGIN|COMMIT|ROLLBACK)$/
const reading = /^(SELECT|WITH|\(|DESCRIBE|DESC|EXISTS)$/
const shown = /^(DATABASES|TABLES|COLUMNS|FULL|FUNCTIONS)$/
/** Of EXPLAIN what tells of the statement. The others tell of the tables behind the views. */
const explained = /^(AST|SYNTAX|QUERY)$/

interface Named {
  readonly name: string
  readonly token: Token
}

/**
 * Checks a statement, and writes the tables of `system` that analysts see a part of as the views of them.
 * @param canonical as the engine writes it
 * @throws ClickhouseException where it may not run
 */
export function checkStatement(
  canonical: string,
  { names, limits }: { readonly names: KnownNames; readonly limits: AnalystLimits },
): string {
  const tokens = [...readTokens(canonical)]
  checkVerb(tokens)
  checkClauses(tokens)
  checkSettings(tokens, limits)
  const replaced: Token[] = []
  for (const [index, token] of tokens.entries()) {
    const name = nameOf(token)
    if (name === undefined) continue
    checkFunction(name, tokens[index + 1], names)
    checkDatabase(name, tokens, index, names)
    if (checkSystem({ name, token }, tokens[index + 1], tokens[index + 2])) replaced.push(token)
  }
  return replaced.reduceRight(
    (text, { start, stop }) => text.slice(0, start) + VIEWS_OF_SYSTEM + text.slice(stop),
    canonical,
  )
}

function checkVerb(tokens: readonly Token[]): void {
  const [verb = '', second = ''] = tokens.map(({ text }) => text.toUpperCase())
  if (changing.test(verb)) throw new ClickhouseException('READONLY', 'Cannot execute query in readonly mode.')
  if (reading.test(verb)) return
  if (verb === 'SHOW' && shown.test(second)) return
  if (verb === 'EXPLAIN' && explained.test(second)) return
  throw denied('a statement of this kind')
}

/** What may stand in no place of a statement. Words of the language are in capitals here. */
function checkClauses(tokens: readonly Token[]): void {
  for (const [index, { kind, text }] of tokens.entries()) {
    const next = tokens[index + 1]?.text ?? ''
    if (kind === 'end') throw new ClickhouseException('SYNTAX_ERROR', 'Multi-statements are not allowed')
    if (kind !== 'word') continue
    if (/^OUTFILE$/i.test(next) && /^INTO$/i.test(text)) {
      throw new ClickhouseException('INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed')
    }
    if (/^EXPLAIN$/.test(text) && index > 0) throw denied('EXPLAIN in a statement')
  }
}

/** `SETTINGS name = value, …`, wherever it stands. */
function checkSettings(tokens: readonly Token[], limits: AnalystLimits): void {
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'word' || text !== 'SETTINGS') continue
    let at = index + 1
    for (;;) {
      const [name, equals, value, behind] = tokens.slice(at, at + 4)
      if (name === undefined || equals?.text !== '=') {
        if (at > index + 1) throw denied('a setting of this form')
        break
      }
      if (value === undefined || value.kind === 'open' || value.kind === 'sign') throw denied('a setting of this form')
      checkStatementSetting(nameOf(name) ?? '', value.kind === 'quoted' ? unquoted(value.text) : value.text, limits)
      if (behind?.text !== ',') break
      at += 4
    }
  }
}

function checkFunction(name: string, next: Token | undefined, names: KnownNames): void {
  const lower = name.toLowerCase()
  if (names.refusedFunctions.has(lower)) throw denied(`the name ${shortened(name)}`)
  if (next?.text === '(' && names.refusedTableFunctions.has(lower)) throw denied(`the name ${shortened(name)}`)
}

/** A name of another database in front of a point, or in what is shown. A table of analysts may have the same name. */
function checkDatabase(name: string, tokens: readonly Token[], index: number, names: KnownNames): void {
  if (!names.otherDatabases.has(name)) return
  const [dot, behind] = tokens.slice(index + 1, index + 3)
  const isShown = tokens[0]?.text === 'SHOW' && !/^(FULL|COLUMNS)$/.test(tokens[1]?.text ?? '')
  if (dot?.text !== '.' && !isShown) return
  const column = behind === undefined ? undefined : (nameOf(behind) ?? behind.text)
  if (dot?.text === '.' && column !== undefined && (column === '*' || names.columns.has(column))) return
  throw denied(`the database ${shortened(name)}`)
}

/** Whether the name is to be that of the views. */
function checkSystem({ name, token }: Named, dot: Token | undefined, table: Token | undefined): boolean {
  if (/^(system|information_schema)\./i.test(name)) throw denied(`the name ${shortened(name)}`)
  if (/^information_schema$/i.test(name)) throw denied(`the name ${shortened(name)}`)
  if (!/^system$/i.test(name)) return false
  const isQualifier = dot?.text === '.' && table?.start === dot.stop && dot.start === token.stop
  const tableName = isQualifier ? nameOf(table) : undefined
  if (tableName !== undefined && plainSystemTables.has(tableName)) return false
  if (tableName !== undefined && viewedSystemTables.has(tableName)) return true
  throw denied(tableName === undefined ? 'the name system' : `the table system.${shortened(tableName)}`)
}

/** The name that a token is: a word, or what stands between the quotes of one. */
function nameOf({ kind, text }: Token): string | undefined {
  if (kind === 'word') return text
  return kind === 'quoted' && (text.startsWith('`') || text.startsWith('"')) ? unquoted(text) : undefined
}

const unquoted = (text: string) => text.slice(1, -1).replaceAll(/\\([\s\S])/g, '$1')

const shortened = (name: string) => name.replaceAll(/[^\w.]/g, '?').slice(0, 60)

const denied = (what: string) =>
  new ClickhouseException('ACCESS_DENIED', `Not enough privileges: ${what} is not for analysts.`)
