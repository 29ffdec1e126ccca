/**
 * The service of analysts as a whole: its routes over an engine, with limits and places.
 * @module
 */
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { ClickhouseEngine } from '#platform/clickhouse-http/engine.ts'
import { createAnalystEngines } from './analyst-engine.ts'
import { createAnalystMetrics } from './analyst-metrics.ts'
import { type AnalystRoutesOptions, createAnalystRoutes } from './analyst-routes.ts'
import type { AnalystLimits } from './analyst-settings.ts'
import { createPlaces } from './places.ts'
import type { QueryLog } from './query-log.ts'

export interface AnalystsOptions extends Omit<AnalystRoutesOptions, 'engines' | 'readingMsMax'> {
  readonly engine: ClickhouseEngine
  /** Statements that the engine runs at once. */
  readonly statementsMax: number
  readonly limits: AnalystLimits
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly queryLog: QueryLog
  readonly registry: Registry
}

const OF_ONE_MAX = 4
const WAITING_MAX = 200
const WAIT_MS_MAX = 10_000
const READING_MS_MAX = 60_000

/**
 * Registers it. What it resolves with ends it: first the statements, then the server with what it still answers, then what
 * is to be written down of them. Call that before the engine and the store are closed.
 */
export async function registerAnalysts(
  server: FastifyInstance,
  options: AnalystsOptions,
): Promise<() => Promise<void>> {
  const { engine, statementsMax, limits, clock, queryLog, registry } = options
  const places = createPlaces({
    ofOneMax: Math.min(OF_ONE_MAX, Math.ceil(statementsMax / 2)),
    inAllMax: statementsMax,
    waitingMax: WAITING_MAX,
    waitMsMax: WAIT_MS_MAX,
  })
  const count = createAnalystMetrics(registry, places)
  const engines = createAnalystEngines({
    ...{ engine, limits, places, clock },
    isFull: () => queryLog.isFull,
    onEnd(end) {
      count(end)
      queryLog.note(end)
    },
  })
  // A server may say nothing for as long as it works.
  const readingMsMax = READING_MS_MAX + limits.max_execution_time * 1000
  await server.register(createAnalystRoutes({ ...options, engines, readingMsMax }))
  return async () => {
    await engines.end()
    await server.close()
    await queryLog.close()
  }
}
