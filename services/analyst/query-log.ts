/**
 * Writes down what analysts asked, some statements at a time and behind their answers, so that none waits for it.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import type { AskedQuery, QueryTrail } from '#platform/audit/query-trail.ts'
import type { StatementEnd } from './analyst-engine.ts'

export interface QueryLog {
  note(end: StatementEnd): void
  /** Whether so much waits to be written that no further statement may be taken. */
  readonly isFull: boolean
  /** Writes what is left; resolves when it is written, or when the store has not taken it for a while. */
  close(): Promise<void>
}

export interface QueryLogOptions {
  readonly trail: Pick<QueryTrail, 'write'>
  /** Makes ids: UUIDs. */
  readonly newId: () => string
  readonly logger: Pick<FastifyBaseLogger, 'warn'>
  /** How long statements are gathered. */
  readonly pauseMs?: number
}

const PAUSE_MS = 500
const STATEMENT_LENGTH_MAX = 16_384
const ENTRIES_PER_INSERT_MAX = 500
/** While the store takes none, this many wait; then no statement is taken, for none is to leave no trace. */
const WAITING_MAX = 5_000
/** An orderly end has ten seconds for everything. */
const ATTEMPTS_AT_END_MAX = 3

export function createQueryLog({ trail, newId, logger, pauseMs = PAUSE_MS }: QueryLogOptions): QueryLog {
  const waiting: AskedQuery[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<boolean> = Promise.resolve(true)

  /** Writes one portion; whether it was taken. */
  async function writeSome(): Promise<boolean> {
    const portion = waiting.slice(0, ENTRIES_PER_INSERT_MAX)
    if (portion.length === 0) return true
    try {
      await trail.write(portion)
      waiting.splice(0, portion.length)
      return true
    } catch (error) {
      logger.warn({ error }, 'what analysts asked could not be written, and waits')
      return false
    }
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      writing = writing.then(writeSome)
      void writing.then(() => {
        if (waiting.length > 0) schedule()
      })
    }, pauseMs)
  }

  return {
    note({ startedAtMs: atMs, statement, ...end }) {
      const isWhole = statement.length <= STATEMENT_LENGTH_MAX
      waiting.push({
        ...end,
        atMs,
        id: newId(),
        statement: isWhole ? statement : `${statement.slice(0, STATEMENT_LENGTH_MAX)}…`,
      })
      schedule()
    },
    get isFull() {
      return waiting.length >= WAITING_MAX
    },
    async close() {
      clearTimeout(timer)
      // Nothing begins anew from here on.
      timer = setTimeout(() => undefined, 0)
      await writing
      for (let failures = 0; waiting.length > 0 && failures < ATTEMPTS_AT_END_MAX; ) {
        if (!(await writeSome())) failures += 1
      }
    },
  }
}
