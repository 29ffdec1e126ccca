/**
 * Tells the parts of a statement that the HTTP interface has to know: whether rows follow it, in which format it answers,
 * and where that stands. What a statement means is the engine's to say.
 * @module
 */
import { ClickhouseException } from './exception.ts'
import { readTokens, type Token } from './tokens.ts'

/** Rows follow: `head` is the statement up to its settings and format, the rows begin at `dataStart`. */
export interface InsertStatement {
  readonly kind: 'insert'
  readonly head: string
  readonly settings: string
  readonly format: string
  readonly dataStart: number
}

/** Answers with a table. `body` is the statement up to FORMAT, `tail` what stands behind the name of the format. */
export interface SelectStatement {
  readonly kind: 'select'
  readonly body: string
  readonly format: string | undefined
  readonly tail: string
}

/** Anything else; some of it answers too, with little. `verb` is its first word in capitals: `SHOW`, `ALTER`. */
export interface OtherStatement {
  readonly kind: 'other'
  readonly text: string
  readonly format: string | undefined
  readonly verb: string
}

export type Statement = InsertStatement | SelectStatement | OtherStatement

/**
 * Reads a statement, or of one that rows follow at least its beginning.
 * @throws ClickhouseException where there is none or more than one, and where it names a file of the server's
 */
export function readStatement(text: string): Statement {
  const tokens = readTokens(text)
  const first: Token | undefined = tokens.next().value
  if (first === undefined || first.kind === 'end') throw new ClickhouseException('SYNTAX_ERROR', 'Empty query')
  const verb = first.text.toUpperCase()
  if (verb !== 'INSERT') return readAnswering(text, verb, [first, ...tokens])
  return readInsert(text, tokens) ?? readAnswering(text, verb, [...readTokens(text)])
}

/** `undefined` where the rows come from a query, or where it is none that anybody could run. */
function readInsert(text: string, tokens: Iterable<Token>): InsertStatement | undefined {
  let depth = 0
  let isNamed = false
  let settingsStart: number | undefined
  let before = ''
  for (const { kind, text: name, start, stop } of tokens) {
    const word = kind === 'word' ? name.toUpperCase() : ''
    if (kind === 'end') return undefined
    if (word === 'SELECT' || word === 'WITH') return undefined
    if (before === 'FROM' && word === 'INFILE') {
      throw new ClickhouseException('UNKNOWN_TYPE_OF_QUERY', 'Query has infile and was send directly to server')
    }
    if (depth === 0 && isNamed) {
      if (before === 'FORMAT' && kind === 'word') {
        const dataStart = stop + (/^[ \t]*(?:\r?\n)?/.exec(text.slice(stop, stop + 64))?.[0].length ?? 0)
        return insertOf(text, settingsStart, { format: name, start: formatStart(text, start), dataStart })
      }
      if (word === 'VALUES') return insertOf(text, settingsStart, { format: 'Values', start, dataStart: stop })
      if (word === 'SETTINGS') settingsStart ??= start
    }
    if (kind === 'open') depth += 1
    if (kind === 'close') depth -= 1
    isNamed ||= word !== 'INTO' && word !== 'TABLE' && word !== 'FUNCTION'
    before = word
  }
  return undefined
}

/** Where the word FORMAT stands, in front of the format's name. */
const formatStart = (text: string, nameStart: number) => text.slice(0, nameStart).toUpperCase().lastIndexOf('FORMAT')

function insertOf(
  text: string,
  settingsStart: number | undefined,
  { format, start, dataStart }: { format: string; start: number; dataStart: number },
): InsertStatement {
  const head = text.slice(0, settingsStart ?? start)
  return { kind: 'insert', head, settings: text.slice(settingsStart ?? start, start), format, dataStart }
}

const selectVerbs = new Set(['SELECT', 'WITH', 'FROM', '('])

function readAnswering(text: string, verb: string, tokens: readonly Token[]): SelectStatement | OtherStatement {
  const end = tokens.findIndex(({ kind }) => kind === 'end')
  const second = end < 0 ? undefined : tokens.slice(end).find(({ kind }) => kind !== 'end')
  if (second !== undefined) {
    const message = `Syntax error (Multi-statements are not allowed): failed at position ${second.start + 1}`
    throw new ClickhouseException('SYNTAX_ERROR', message)
  }
  const stop = end < 0 ? text.length : (tokens[end]?.start ?? text.length)
  const clause = findFormat(end < 0 ? tokens : tokens.slice(0, end))
  const format = clause?.format
  if (!selectVerbs.has(verb)) return { kind: 'other', text: text.slice(0, stop), format, verb }
  return {
    kind: 'select',
    body: text.slice(0, clause?.start ?? stop),
    format,
    tail: text.slice(clause?.stop ?? stop, stop),
  }
}

/** After these a word is a name, and no clause begins. */
const wordsBeforeNames = new Set(
  'SELECT DISTINCT BY AS WHERE PREWHERE HAVING AND OR NOT IN ON LIKE BETWEEN WHEN THEN ELSE FROM JOIN USING IS'.split(
    ' ',
  ),
)

/** `FORMAT name` at the end of the statement, or with nothing but settings behind it. */
function findFormat(tokens: readonly Token[]): { format: string; start: number; stop: number } | undefined {
  let depth = 0
  for (const [index, { kind, text, start }] of tokens.entries()) {
    if (kind === 'open') depth += 1
    if (kind === 'close') depth -= 1
    if (depth !== 0 || kind !== 'word') continue
    const [name, behind] = [tokens[index + 1], tokens[index + 2]]
    const word = text.toUpperCase()
    if (word === 'INTO' && name?.text.toUpperCase() === 'OUTFILE') {
      throw new ClickhouseException('INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed')
    }
    const isLast = behind === undefined || behind.text.toUpperCase() === 'SETTINGS'
    const format = name === undefined ? undefined : formatName(name)
    if (word === 'FORMAT' && format !== undefined && isLast && endsExpression(tokens[index - 1])) {
      return { format, start, stop: name?.stop ?? start }
    }
  }
  return undefined
}

/** Some names are words of the language too, and stand in quotes then. */
function formatName({ kind, text }: Token): string | undefined {
  if (kind === 'word') return text
  return kind === 'quoted' ? /^[`"](\w+)[`"]$/.exec(text)?.[1] : undefined
}

function endsExpression(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'open') return false
  if (token.kind === 'sign') return token.text === '*'
  return !wordsBeforeNames.has(token.text.toUpperCase())
}
