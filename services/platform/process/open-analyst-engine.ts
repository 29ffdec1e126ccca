/**
 * The engine that analysts' statements run in: that of this process, bound to what analysts may do, or the server of the
 * settings.
 * @module
 */
import { availableParallelism } from 'node:os'
import { openChdbEngine } from '../clickhouse-http/chdb-engine.ts'
import type { ClickhouseEngine } from '../clickhouse-http/engine.ts'
import { createServerEngine } from '../clickhouse-http/server-engine.ts'
import { TonearmError } from '../errors/tonearm-error.ts'
import { analystSettings } from '../store/engine-settings.ts'
import { rolesFile } from '../store/roles-file.ts'
import type { CloseStack } from './close-stack.ts'
import { type ClickhouseSettings, readClickhouseUrl } from './open-service-store.ts'

/** Limits by the names of ClickHouse's settings. */
export type EngineLimits = Readonly<Record<string, number>>

export interface AnalystEngine {
  readonly engine: ClickhouseEngine
  /** Statements that it runs at once. */
  readonly statementsMax: number
}

/** Each statement under way has a thread of Node.js; the service needs the others. */
const THREADS_OF_NODE = 4
const STATEMENTS_MAX = 8
const THREADS_OF_STATEMENT = 2
/** At a server, which has its own limits too (`infra/clickhouse/users.d`). */
const SERVER_STATEMENTS_MAX = 32

/**
 * Opens it in this process, on the folder of the embedded store. Each connection takes the role of analysts first, then the
 * limits, then the profile that lets nobody raise them, and at last gives up to change what binds it.
 */
export function openOwnAnalystEngine(
  options: {
    readonly folder: string
    readonly files: string
    readonly limits: EngineLimits
    /** The role that it is bound to; that of an account at a server writes down what was asked, and may not be read-only. */
    readonly role?: 'analyst' | 'analyst_account'
  },
  opened: CloseStack,
): AnalystEngine {
  const { folder, files, limits, role = 'analyst' } = options
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? THREADS_OF_NODE)
  const statementsMax = Math.min(STATEMENTS_MAX, Math.max(1, Math.floor(threads / 2)))
  const settings: Record<string, string> = Object.fromEntries(
    Object.entries({ ...analystSettings, ...limits }).map(([name, value]) => [name, String(value)]),
  )
  // One statement of many threads would hold up everything else on a small machine.
  settings['max_threads'] = String(Math.min(limits['max_threads'] ?? THREADS_OF_STATEMENT, availableParallelism()))
  const engine = openChdbEngine({
    folder,
    files,
    settings,
    statementsMax,
    connectionArgs: [`--config-file=${rolesFile}`],
    begin: [
      `SET ROLE ${role}`,
      `SET ${Object.entries(settings)
        .map(([name, value]) => `${name} = '${value}'`)
        .join(', ')}`,
      "SET profile = 'analyst'",
      ...(role === 'analyst' ? ['SET readonly = 2'] : []),
    ],
    streams: false,
  })
  opened.push(() => engine.close())
  return { engine, statementsMax }
}

/** Opens it at the server of the settings. Throws `config-invalid` where there is none. */
export function openServerAnalystEngine(config: ClickhouseSettings, opened: CloseStack): AnalystEngine {
  const { CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = config
  const url = readClickhouseUrl(config)
  if (url === undefined) throw new TonearmError('config-invalid', 'CLICKHOUSE_URL: missing')
  const engine = createServerEngine({ url, user, password, connectionsMax: SERVER_STATEMENTS_MAX })
  opened.push(() => engine.close())
  return { engine, statementsMax: SERVER_STATEMENTS_MAX }
}
