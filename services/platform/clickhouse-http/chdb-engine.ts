/**
 * The engine in this process behind ClickHouse's HTTP interface: several connections on one folder, one statement at a
 * time each.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { drainPending, Session } from 'chdb'
import { createChdbPool, type LentConnection } from './chdb-pool.ts'
import { runInsert, runOther, selectInParts, selectToFile, selectWhole } from './chdb-statements.ts'
import type { ClickhouseEngine, EngineAnswer, EngineStatement } from './engine.ts'
import { ClickhouseException, toException } from './exception.ts'
import type { OtherStatement, SelectStatement, Statement } from './read-statement.ts'

export interface ChdbEngineOptions {
  /** Folder of the engine; made where it is missing. One process at a time. */
  readonly folder: string
  /** Settings of every connection. */
  readonly settings?: Readonly<Record<string, string>>
  /** Statements that run at once; each has a thread of Node.js (`UV_THREADPOOL_SIZE`) while it does. */
  readonly statementsMax?: number
  /** Files of results that are on their way; a folder of its own, in that of the engine where it is not given. */
  readonly files?: string
  /** Further arguments of every connection, as the engine's command line has them. */
  readonly connectionArgs?: readonly string[]
  /** Statements that each connection begins with. The one that ends other statements is not bound by them. */
  readonly begin?: readonly string[]
  /**
   * Whether a table may be answered before all of it is there. The begin of such an answer is worked out on the thread of
   * Node.js, which stands still meanwhile: of no use where strangers choose the statement.
   */
  readonly streams?: boolean
}

export interface ChdbEngine extends ClickhouseEngine {
  /** Resolves when the statements under way have ended. */
  close(): Promise<void>
}

const STATEMENTS_MAX = 8
/** A statement that has only just begun is not known yet to who ends it, so it is tried again. */
const KILL_INTERVAL_MS = 250

/** Formats in which a table is its parts, one after the other. */
const partwise =
  /^(JSONEachRow|JSONLines|NDJSON|JSONCompactEachRow|TabSeparated|TSV|TabSeparatedRaw|TSVRaw|CSV|RowBinary|Native|LineAsString)$/

/** Statements that leave something on their connection. */
const lasting = new Set(['SET', 'USE', 'BEGIN', 'COMMIT', 'ROLLBACK'])

/** What the engine as a library does otherwise than a server. */
const libraryToServer = {
  // A server knows no statements without a verb.
  implicit_select: '0',
  // Parameters stand in a statement here, and in none at a server. What is sent is limited where it is read.
  max_query_size: String(64 * 1024 * 1024),
}

/** Opens an engine. Throws what chDB throws where the folder cannot be used. */
export function openChdbEngine(options: ChdbEngineOptions): ChdbEngine {
  const {
    folder,
    settings = {},
    statementsMax = STATEMENTS_MAX,
    connectionArgs = [],
    begin = [],
    streams = true,
  } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // A process that died may have left files here.
  const files = options.files ?? join(folder, 'http-files')
  rmSync(files, { recursive: true, force: true })
  mkdirSync(files, { recursive: true, mode: 0o700 })
  const base = new Map(Object.entries({ ...settings, ...libraryToServer }))
  const openUnbound = () =>
    new Session(folder, {
      connectionArgs: [...[...base].map(([name, value]) => `--${name}=${value}`), ...connectionArgs],
    })
  const open = () => {
    const session = openUnbound()
    for (const statement of begin) session.query(statement)
    return session
  }
  const pool = createChdbPool({ open, base, connectionsMax: statementsMax })
  /** Asks for nothing but the ends of other statements, so that it is free when it is needed. */
  const killer = openUnbound()
  const version = killer.query('SELECT version()', 'TSV').trim()

  /** Ends a statement by the mark at its begin when nobody waits for it any more. */
  function watch(mark: string, signal: AbortSignal): () => void {
    let timer: NodeJS.Timeout | undefined
    const kill = () => void killer.queryAsync(`KILL QUERY WHERE query LIKE '${mark}%'`).catch(() => undefined)
    const end = () => {
      kill()
      timer = setInterval(kill, KILL_INTERVAL_MS)
    }
    signal.addEventListener('abort', end, { once: true })
    return () => {
      signal.removeEventListener('abort', end)
      clearInterval(timer)
    }
  }

  async function select(
    { session, giveBack }: LentConnection,
    statement: SelectStatement,
    { settings: asked, defaultFormat, isWhole, signal }: EngineStatement,
  ): Promise<EngineAnswer> {
    const mark = `/*${randomUUID()}*/`
    const marked = { ...statement, body: mark + statement.body }
    const format = statement.format ?? defaultFormat
    const stop = watch(mark, signal)
    const onEnd = (isSpent: boolean) => {
      stop()
      giveBack(isSpent)
    }
    try {
      if (!streams || !isPartwise(statement, format, asked)) {
        const answer = await selectToFile(session, files, marked, format)
        onEnd(false)
        return answer
      }
      if (!isWhole) return await selectInParts(session, marked, format, (isRead) => onEnd(!isRead))
      const answer = await selectWhole(session, files, marked, format)
      onEnd(false)
      return answer
    } catch (cause) {
      // What broke off may still have something on its connection.
      onEnd(true)
      throw cause
    }
  }

  async function start(lent: LentConnection, request: EngineStatement): Promise<EngineAnswer> {
    const { statement, data, defaultFormat } = request
    if (statement.kind === 'select') return await select(lent, statement, request)
    try {
      if (statement.kind === 'insert') return await runInsert(lent.session, files, statement, data)
      return await runOther(lent.session, statement, defaultFormat)
    } finally {
      lent.giveBack(statement.kind === 'other' && leavesSomething(statement))
    }
  }

  return {
    version,
    async run(request) {
      try {
        const { statement, settings: asked, params, database, signal } = request
        const lent = await pool.lend({ settings: asked, params, database, text: textOf(statement) })
        if (!signal.aborted) return await start(lent, request)
        lent.giveBack(false)
        throw new ClickhouseException('QUERY_WAS_CANCELLED', 'Query was cancelled')
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

const leavesSomething = ({ verb, text }: OtherStatement) => lasting.has(verb) || /\btemporary\b/i.test(text)

/** Totals and extremes stand behind the table, and an array around it. */
function isPartwise({ body, tail }: SelectStatement, format: string, settings: ReadonlyMap<string, string>): boolean {
  if (settings.has('extremes') || settings.has('output_format_json_array_of_rows')) return false
  return partwise.test(format) && !/\b(TOTALS|extremes|output_format_json_array_of_rows)\b/i.test(body + tail)
}
