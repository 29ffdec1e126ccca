/**
 * A statement as the engine reads it: the engine's own parser writes it anew, on one line.
 * @module
 */
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ClickhouseEngine } from '#platform/clickhouse-http/engine.ts'
import { ClickhouseException, toException } from '#platform/clickhouse-http/exception.ts'
import { quoteText } from '#platform/clickhouse-http/quote-text.ts'
import type { Statement } from '#platform/clickhouse-http/read-statement.ts'
import { DATABASE } from './analysts-database.ts'

/** A table or a column may come as a parameter, and has to stand in the statement when it is looked at. */
const identifier = /\{(\w+):Identifier\}/g

/**
 * Writes a statement anew. Identifiers that came as parameters stand in it then.
 * @throws ClickhouseException `SYNTAX_ERROR` where it is none, or more than one
 */
export async function toCanonical(
  engine: ClickhouseEngine,
  statement: string,
  params: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<string> {
  // A text that ends at a byte for the engine would go on behind it here.
  if (statement.includes('\0')) throw new ClickhouseException('SYNTAX_ERROR', 'Syntax error: a null byte')
  const canonical = await formatQuery(engine, statement, signal)
  const filled = canonical.replaceAll(identifier, (_whole, name: string) => quotedName(name, params.get(name)))
  return filled === canonical ? canonical : await formatQuery(engine, filled, signal)
}

function quotedName(name: string, value: string | undefined): string {
  if (value === undefined) {
    throw new ClickhouseException('UNKNOWN_QUERY_PARAMETER', `Substitution \`${name}\` is not set.`)
  }
  if (!/^\w{1,200}(\.\w{1,200}){0,2}$/.test(value)) {
    throw new ClickhouseException('BAD_ARGUMENTS', `Substitution \`${name}\` is no name`)
  }
  return value
    .split('.')
    .map((part) => `\`${part}\``)
    .join('.')
}

async function formatQuery(engine: ClickhouseEngine, statement: string, signal: AbortSignal): Promise<string> {
  const literal = quoteText(statement)
  try {
    const answer = await engine.run({
      statement: { kind: 'select', body: `SELECT formatQuerySingleLine(${literal})`, format: 'TSVRaw', tail: '' },
      data: Readable.from([]),
      params: new Map(),
      settings: new Map(),
      database: DATABASE,
      defaultFormat: 'TSVRaw',
      isWhole: true,
      signal,
    })
    try {
      return (await text(answer.body)).replace(/\n$/, '')
    } finally {
      await answer.close()
    }
  } catch (cause) {
    const { code, type, message } = toException(cause)
    // Behind it stands our own statement with theirs in it.
    throw new ClickhouseException({ code, type }, message.split(/: (?:In scope|while executing) /, 1)[0] ?? '')
  }
}

/** The text of a statement as it came, in parts that the interface told apart. */
export function textOf(statement: Statement): string {
  switch (statement.kind) {
    case 'select':
      return statement.format === undefined
        ? statement.body
        : `${statement.body} FORMAT ${statement.format} ${statement.tail}`
    case 'other':
      return statement.text
    default:
      return statement.head
  }
}
