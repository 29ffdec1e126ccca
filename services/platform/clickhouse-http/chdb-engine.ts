/**
 * The engine in this process behind ClickHouse's HTTP interface: several connections on one folder, one statement at a
 * time each.
 *
 * Rows that come in, and results that cannot be streamed, lie in files for a moment: the engine reads and writes every
 * format there, and none of them is ever held in memory.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { open as openFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ChdbResult, drainPending, Session, type StreamChunk } from 'chdb'
import { createChdbPool, type LentConnection } from './chdb-pool.ts'
import type { ClickhouseEngine, EngineAnswer, EngineStatement } from './engine.ts'
import { toException } from './exception.ts'
import type { InsertStatement, OtherStatement, SelectStatement, Statement } from './read-statement.ts'

export interface ChdbEngineOptions {
  /** Folder of the engine; made where it is missing. One process at a time. */
  readonly folder: string
  /** Settings of every connection. */
  readonly settings?: Readonly<Record<string, string>>
  /** Statements that run at once; each has a thread of Node.js (`UV_THREADPOOL_SIZE`) while it does. */
  readonly statementsMax?: number
}

export interface ChdbEngine extends ClickhouseEngine {
  /** Resolves when the statements under way have ended. */
  close(): Promise<void>
}

const STATEMENTS_MAX = 8

/** Formats in which a table is the same as its parts, one after the other. */
const partwise =
  /^(JSONEachRow|JSONLines|NDJSON|JSONCompactEachRow|TabSeparated|TSV|TabSeparatedRaw|TSVRaw|CSV|RowBinary|Native|LineAsString)$/

/** Statements that leave something on their connection. */
const lasting = new Set(['SET', 'USE', 'BEGIN', 'COMMIT', 'ROLLBACK'])

/** Opens an engine. Throws what chDB throws where the folder cannot be used. */
export function openChdbEngine({
  folder,
  settings = {},
  statementsMax = STATEMENTS_MAX,
}: ChdbEngineOptions): ChdbEngine {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // A process that died may have left files here.
  const files = join(folder, 'http-files')
  rmSync(files, { recursive: true, force: true })
  mkdirSync(files, { mode: 0o700 })
  // A server knows no statements without a verb, which the engine as a library does.
  const base = new Map(Object.entries({ ...settings, implicit_select: '0' }))
  const open = () => new Session(folder, { connectionArgs: [...base].map(([name, value]) => `--${name}=${value}`) })
  const pool = createChdbPool({ open, base, connectionsMax: statementsMax })
  /** Asks for nothing but the ends of other statements, so that it is free when it is needed. */
  const killer = open()
  const version = killer.query('SELECT version()', 'TSV').trim()

  /** A mark at the begin of a text, by which the statement is ended when nobody waits for it any more. */
  function markFor(signal: AbortSignal): { readonly mark: string; stop(): void } {
    const mark = `/*${randomUUID()}*/`
    const end = () => void killer.queryAsync(`KILL QUERY WHERE query LIKE '${mark}%'`).catch(() => undefined)
    signal.addEventListener('abort', end, { once: true })
    return { mark, stop: () => signal.removeEventListener('abort', end) }
  }

  async function insert(session: Session, statement: InsertStatement, data: AsyncIterable<Uint8Array>) {
    const file = join(files, randomUUID())
    try {
      await pipeline(Readable.from(data), createWriteStream(file, { mode: 0o600 }))
      const { head, settings, format } = statement
      const result = await session.queryAsync(`${head}\nFROM INFILE '${file}' ${settings}\nFORMAT ${format}`)
      return answerOf({ written: result })
    } finally {
      await rm(file, { force: true })
    }
  }

  async function selectWhole(session: Session, { body, tail }: SelectStatement, format: string, signal: AbortSignal) {
    const file = join(files, randomUUID())
    const { mark, stop } = markFor(signal)
    try {
      const read = await session.queryAsync(`${mark}${body}\nINTO OUTFILE '${file}' FORMAT ${format} ${tail}`)
      const handle = await openFile(file)
      return answerOf({
        format,
        read,
        body: handle.createReadStream({ autoClose: false }),
        close: () => handle.close(),
      })
    } finally {
      stop()
      await rm(file, { force: true })
    }
  }

  async function selectInParts(
    lent: LentConnection,
    { body, tail }: SelectStatement,
    format: string,
    signal: AbortSignal,
  ) {
    const { mark, stop } = markFor(signal)
    const stream = lent.session.queryStream(`${mark}${body}\nFORMAT ${format} ${tail}`, { format })
    const parts = stream[Symbol.asyncIterator]()
    let isOver = false
    async function close(): Promise<void> {
      stop()
      await parts.return?.()
      // A stream that broke off stays on its connection.
      lent.giveBack(!isOver)
    }
    async function* rest(first: IteratorResult<StreamChunk>): AsyncGenerator<Uint8Array> {
      for (let part = first; part.done !== true; part = await parts.next()) yield part.value.raw()
      isOver = true
    }
    try {
      // An error that comes before the first rows is an answer of its own.
      return answerOf({ format, body: rest(await parts.next()), close })
    } catch (cause) {
      await close()
      throw cause
    }
  }

  async function runOther(session: Session, { text, format }: OtherStatement, defaultFormat: string) {
    const result = await session.queryAsync(text, { format: defaultFormat })
    const bytes = result.bytes()
    if (bytes.length === 0) return answerOf({ written: result })
    return answerOf({ format: format ?? defaultFormat, read: result, body: Readable.from([bytes]) })
  }

  async function start(lent: LentConnection, { statement, data, ...rest }: EngineStatement): Promise<EngineAnswer> {
    const { defaultFormat, isWhole, signal, settings: asked } = rest
    const { session } = lent
    if (statement.kind === 'select' && !isWhole) {
      const format = statement.format ?? defaultFormat
      if (isPartwise(statement, format, asked)) return await selectInParts(lent, statement, format, signal)
    }
    try {
      if (statement.kind === 'insert') return await insert(session, statement, data)
      if (statement.kind === 'other') return await runOther(session, statement, defaultFormat)
      return await selectWhole(session, statement, statement.format ?? defaultFormat, signal)
    } finally {
      lent.giveBack(
        statement.kind === 'other' && (lasting.has(statement.verb) || /\btemporary\b/i.test(statement.text)),
      )
    }
  }

  return {
    version,
    async run(statement) {
      try {
        const { settings: asked, params, database } = statement
        const lent = await pool.lend({ settings: asked, params, database, text: textOf(statement.statement) })
        return await start(lent, statement)
      } catch (cause) {
        throw toException(cause)
      }
    },
    async close() {
      await pool.close()
      killer.close()
      await drainPending()
    },
  }
}

function textOf(statement: Statement): string {
  if (statement.kind === 'insert') return statement.head
  return statement.kind === 'other' ? statement.text : `${statement.body} ${statement.tail}`
}

/** Totals and extremes stand behind the table, and an array around it. */
function isPartwise({ body }: SelectStatement, format: string, settings: ReadonlyMap<string, string>): boolean {
  const isFramed = settings.has('extremes') || settings.has('output_format_json_array_of_rows')
  return partwise.test(format) && !isFramed && !/\bTOTALS\b|\boutput_format_|\bextremes\b/i.test(body)
}

function answerOf(parts: {
  readonly format?: string
  readonly body?: AsyncIterable<Uint8Array>
  readonly read?: ChdbResult
  readonly written?: ChdbResult
  readonly close?: () => Promise<void>
}): EngineAnswer {
  const { format, body = Readable.from([]), read, written, close = async () => undefined } = parts
  const elapsed = read?.elapsed ?? written?.elapsed ?? 0
  const summary = {
    read_rows: String(read?.rowsRead ?? 0),
    read_bytes: String(read?.bytesRead ?? 0),
    written_rows: String(written?.rowsRead ?? 0),
    written_bytes: String(written?.bytesRead ?? 0),
    total_rows_to_read: '0',
    result_rows: '0',
    result_bytes: '0',
    elapsed_ns: String(Math.round(elapsed * 1e9)),
  }
  return { format, body, summary, close }
}
