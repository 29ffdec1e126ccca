/**
 * Connections of chDB on one folder, each lent to one statement at a time.
 *
 * Settings and parameters stay on a connection, so the next statement finds what it asked for and nothing else: a setting
 * of before is set back, and a connection that knows a parameter which a statement names and was not given is not the one
 * for it. Closing a connection after each statement would be simpler, but chDB closes none while any other is at work.
 * @module
 */
import type { Session } from 'chdb'
import { ClickhouseException } from './exception.ts'
import { namesParameter, quoteText } from './quote-text.ts'

/** What a statement needs of its connection. */
export interface ConnectionNeeds {
  readonly settings: ReadonlyMap<string, string>
  readonly params: ReadonlyMap<string, string>
  readonly database: string | undefined
  /** Text of the statement, in which parameters are named. */
  readonly text: string
}

export interface LentConnection {
  readonly session: Session
  /** @param isSpent whether the connection is to be closed, because the statement left something on it or broke off. */
  giveBack(isSpent: boolean): void
}

export interface ChdbPool {
  /** Rejects with a ClickhouseException: a setting that there is not, or too many that wait. */
  lend(needs: ConnectionNeeds): Promise<LentConnection>
  /** Resolves when nothing is lent any more; nothing is from then on. */
  close(): Promise<void>
}

interface Pooled {
  readonly session: Session
  settings: ReadonlyMap<string, string>
  database: string
  readonly params: Set<string>
}

const WAITING_MAX = 1_000
const DEFAULT_DATABASE = 'default'
/** Settings that cannot be set back on the same connection. */
const irrevocable = new Set(['readonly', 'allow_ddl', 'profile', 'compatibility'])

/** @param base settings that connections are opened with, to go back to; the others go back to their defaults. */
export function createChdbPool(options: {
  readonly open: () => Session
  readonly base: ReadonlyMap<string, string>
  readonly connectionsMax: number
}): ChdbPool {
  const { open, base, connectionsMax } = options
  const idle: Pooled[] = []
  const waiting: (() => void)[] = []
  let lent = 0
  let isClosed = false

  async function takePlace(): Promise<void> {
    if (isClosed) throw new ClickhouseException('ABORTED', 'Server shuts down')
    if (lent < connectionsMax) {
      lent += 1
      return
    }
    if (waiting.length >= WAITING_MAX) {
      throw new ClickhouseException('TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many simultaneous queries')
    }
    // Who gives back hands its place on, so that nobody takes it in between.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  function leavePlace(): void {
    const next = waiting.shift()
    if (next === undefined) lent -= 1
    else next()
  }

  function choose(needs: ConnectionNeeds): Pooled {
    const fitting = idle.filter(({ params }) => [...params].every((name) => isNeutral(name, needs)))
    const same = fitting.find(
      ({ settings, database }) => isSame(settings, needs.settings) && database === databaseOf(needs),
    )
    const chosen = same ?? fitting[0]
    if (chosen !== undefined) {
      idle.splice(idle.indexOf(chosen), 1)
      return chosen
    }
    // All that wait know a parameter that they should not.
    if (idle.length + lent > connectionsMax) idle.shift()?.session.close()
    return { session: open(), settings: new Map(), database: DEFAULT_DATABASE, params: new Set() }
  }

  async function prepare(connection: Pooled, needs: ConnectionNeeds): Promise<void> {
    const changes = changesOf(connection, needs, base)
    connection.settings = needs.settings
    for (const name of needs.params.keys()) connection.params.add(name)
    if (changes.length > 0) await connection.session.queryAsync(`SET ${changes.join(', ')}`)
    const database = databaseOf(needs)
    if (database === connection.database) return
    connection.database = database
    await connection.session.queryAsync(`USE \`${database.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``)
  }

  return {
    async lend(needs) {
      await takePlace()
      let connection: Pooled | undefined
      const giveBack = (isSpent: boolean) => {
        if (connection !== undefined && (isSpent || isClosed)) connection.session.close()
        else if (connection !== undefined) idle.push(connection)
        leavePlace()
      }
      try {
        connection = choose(needs)
        await prepare(connection, needs)
      } catch (cause) {
        giveBack(true)
        throw cause
      }
      const { session } = connection
      const isLasting = [...needs.settings.keys()].some((name) => irrevocable.has(name))
      return { session, giveBack: (isSpent) => giveBack(isSpent || isLasting) }
    },
    async close() {
      isClosed = true
      // Each place that is taken here is one that nobody has any more.
      while (lent > 0) {
        await new Promise<void>((resolve) => waiting.push(resolve))
        lent -= 1
      }
      for (const { session } of idle.splice(0)) session.close()
    },
  }
}

const databaseOf = ({ database }: ConnectionNeeds) =>
  database === undefined || database === '' ? DEFAULT_DATABASE : database

/** Whether a value that a connection still has for a parameter does not matter to a statement. */
function isNeutral(name: string, { params, text }: ConnectionNeeds): boolean {
  return params.has(name) || !namesParameter(text, name)
}

const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>) =>
  a.size === b.size && [...a].every(([name, value]) => b.get(name) === value)

function changesOf(
  connection: Pooled,
  { settings, params }: ConnectionNeeds,
  base: ReadonlyMap<string, string>,
): string[] {
  const wanted = [...settings].filter(([name, value]) => connection.settings.get(name) !== value)
  const left = [...connection.settings.keys()].filter((name) => !settings.has(name))
  return [
    ...wanted.map(([name, value]) => `${checked(name, 115, 'UNKNOWN_SETTING')} = ${quoteText(value)}`),
    ...left.map((name) => `${name} = ${base.has(name) ? quoteText(base.get(name) ?? '') : 'DEFAULT'}`),
    ...[...params].map(([name, value]) => `param_${checked(name, 457, 'BAD_QUERY_PARAMETER')} = ${quoteText(value)}`),
  ]
}

function checked(name: string, code: number, type: string): string {
  if (/^[A-Za-z_]\w{0,200}$/.test(name)) return name
  throw new ClickhouseException({ code, type }, 'a name that is none')
}
