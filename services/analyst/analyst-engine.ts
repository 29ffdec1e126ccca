/**
 * The engine as an analyst has it: one statement at a time is read, looked at, given its place, its time and its limits,
 * and told as it ended.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickhouseEngine, EngineAnswer, EngineStatement } from '#platform/clickhouse-http/engine.ts'
import { ClickhouseException, toException } from '#platform/clickhouse-http/exception.ts'
import { readStatement } from '#platform/clickhouse-http/read-statement.ts'
import { type AnalystLimits, readAddressSettings } from './analyst-settings.ts'
import { DATABASE } from './analysts-database.ts'
import { textOf, toCanonical } from './canonical-statement.ts'
import { checkStatement } from './check-statement.ts'
import { cleanException } from './clean-message.ts'
import { type KnownNames, readKnownNames } from './known-names.ts'
import type { Places } from './places.ts'

/** How a statement ended. */
export interface StatementEnd {
  /** Keyed hash of who asked. */
  readonly analyst: string
  /** As it was sent. */
  readonly statement: string
  /** Number of ClickHouse's error; 0 where there was none. */
  readonly code: number
  readonly startedAtMs: number
  readonly milliseconds: number
  readonly resultRows: number
  readonly bytesSent: number
}

export interface AnalystEngines {
  /** The engine for an analyst. @param analyst keyed hash */
  of(analyst: string): ClickhouseEngine
  /** Takes no further statement; resolves when those under way have ended, or had a moment to. */
  end(): Promise<void>
}

export interface AnalystEngineOptions {
  readonly engine: ClickhouseEngine
  readonly limits: AnalystLimits
  readonly places: Places
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Whether a statement could not be written down now. It is then not taken. */
  readonly isFull: () => boolean
  readonly onEnd: (end: StatementEnd) => void
}

/** What the engine gets beyond the limit of time, for what it cannot break off at once. */
const GRACE_MS = 3_000
const PARAMS_MAX = 1_000
/** Of the ten seconds of an orderly end. */
const END_MS_MAX = 2_000
const END_STEP_MS = 20
const KNOWN_MS_MAX = 60_000

export function createAnalystEngines(options: AnalystEngineOptions): AnalystEngines {
  const { engine, limits, places, clock, isFull, onEnd } = options
  const limitsAsText = Object.entries(limits).map(([name, value]) => [name, String(value)] as const)
  let known: Promise<KnownNames> | undefined
  let knownUntilMs = 0
  const running = new Set<(exception: ClickhouseException) => void>()
  let isEnding = false

  /** Kept for a while, for a server may be renewed, or get another database; a failure is not kept. */
  function knownNames(): Promise<KnownNames> {
    if (known !== undefined && clock() < knownUntilMs) return known
    knownUntilMs = clock() + KNOWN_MS_MAX
    known = readKnownNames(engine).catch((cause: unknown) => {
      known = undefined
      throw cause
    })
    return known
  }

  /** The statement as the engine is to have it. */
  async function prepare(asked: EngineStatement, signal: AbortSignal): Promise<EngineStatement> {
    if (asked.statement.kind === 'insert') {
      throw new ClickhouseException('READONLY', 'Cannot execute query in readonly mode.')
    }
    if (asked.params.size > PARAMS_MAX) throw new ClickhouseException('BAD_ARGUMENTS', 'too many parameters')
    const settings = readAddressSettings(asked.settings, limits)
    const database = readDatabase(asked.database)
    const names = await knownNames()
    const canonical = await toCanonical(engine, textOf(asked.statement), asked.params, signal)
    const statement = readStatement(checkStatement(canonical, { names, limits }))
    return { ...asked, statement, settings: new Map([...limitsAsText, ...settings]), database, signal }
  }

  /** Rejects when the engine has had its time, or when the service ends; never where it is done before. */
  function givenUp(limitMs: number, working: Promise<unknown>, onLate: () => void): Promise<never> {
    return new Promise((_resolve, reject) => {
      const giveUp = (exception: ClickhouseException) => {
        settle()
        onLate()
        reject(exception)
      }
      const settle = () => {
        clearTimeout(timer)
        running.delete(giveUp)
      }
      const timer = setTimeout(() => giveUp(new ClickhouseException('TIMEOUT_EXCEEDED', 'Timeout exceeded')), limitMs)
      running.add(giveUp)
      void working.catch(() => undefined).then(settle)
    })
  }

  async function run(analyst: string, asked: EngineStatement): Promise<EngineAnswer> {
    if (isEnding) throw new ClickhouseException('ABORTED', 'Server shuts down', undefined, 503)
    if (isFull()) throw new ClickhouseException('NETWORK_ERROR', 'the store is out of reach', undefined, 503)
    const startedAtMs = clock()
    const deadline = new AbortController()
    const signal = AbortSignal.any([asked.signal, deadline.signal])
    const told = (code: number, resultRows: number, bytesSent: number) =>
      onEnd({
        ...{ analyst, code, startedAtMs, resultRows, bytesSent, statement: textOf(asked.statement) },
        milliseconds: clock() - startedAtMs,
      })
    let leave: (() => void) | undefined
    try {
      leave = await places.take(analyst, asked.signal)
      // Analysts share an account at a server; so no two of them have the same name for a statement.
      const { queryId } = asked
      const named = queryId === undefined ? asked : { ...asked, queryId: `${analyst}:${queryId}` }
      const working = prepare(named, signal).then((statement) => engine.run(statement))
      const answer = await Promise.race([
        working,
        givenUp(limits.max_execution_time * 1000 + GRACE_MS, working, () => {
          deadline.abort()
          // Its place is free when the engine is done with it, which may be later.
          const free = leave
          leave = undefined
          void working
            .then((late) => late.close())
            .catch(() => undefined)
            .then(free)
        }),
      ])
      return tellingOf(answer, { leave, told })
    } catch (cause) {
      leave?.()
      const exception = cleanException(toException(cause))
      told(exception.code, 0, 0)
      throw exception
    }
  }

  return {
    of: (analyst) => ({
      version: engine.version,
      run: (asked) => run(analyst, asked),
    }),
    async end() {
      isEnding = true
      for (let waitedMs = 0; running.size > 0 && waitedMs < END_MS_MAX; waitedMs += END_STEP_MS)
        await sleep(END_STEP_MS)
      for (const giveUp of running) giveUp(new ClickhouseException('ABORTED', 'Server shuts down', undefined, 503))
    },
  }
}

/** An answer that says how it ended, and gives its place back. */
function tellingOf(
  answer: EngineAnswer,
  { leave, told }: { leave: () => void; told: (code: number, resultRows: number, bytesSent: number) => void },
): EngineAnswer {
  let bytes = 0
  let code = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of answer.body) {
        bytes += chunk.byteLength
        yield chunk
      }
    } catch (cause) {
      const exception = cleanException(toException(cause))
      code = exception.code
      throw exception
    }
  }
  return {
    ...answer,
    body: counted(),
    async close() {
      try {
        await answer.close()
      } finally {
        leave()
        told(code, Number(answer.summary['result_rows'] ?? 0), bytes)
      }
    },
  }
}

/** There is one database; clients name the one that every server has. */
function readDatabase(asked: string | undefined): string {
  if (asked === undefined || asked === '' || asked === 'default' || asked === DATABASE) return DATABASE
  throw new ClickhouseException(
    'UNKNOWN_DATABASE',
    `Database ${asked.replaceAll(/\W/g, '?').slice(0, 60)} does not exist`,
  )
}
