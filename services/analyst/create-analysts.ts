/**
 * The service of analysts as a whole: its routes over an engine, with limits and places.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import type { ClickhouseEngine } from '#platform/clickhouse-http/engine.ts'
import { createAnalystEngines } from './analyst-engine.ts'
import { type AnalystRoutesOptions, createAnalystRoutes } from './analyst-routes.ts'
import type { AnalystLimits } from './analyst-settings.ts'
import { createPlaces } from './places.ts'

export interface AnalystsOptions extends Omit<AnalystRoutesOptions, 'engines' | 'readingMsMax'> {
  readonly engine: ClickhouseEngine
  /** Statements that the engine runs at once. */
  readonly statementsMax: number
  readonly limits: AnalystLimits
  /** Unix milliseconds. */
  readonly clock: () => number
}

const OF_ONE_MAX = 4
const WAITING_MAX = 200
const WAIT_MS_MAX = 10_000
const READING_MS_MAX = 60_000

export function createAnalysts(options: AnalystsOptions): FastifyPluginAsync {
  const { engine, statementsMax, limits, clock } = options
  const places = createPlaces({
    ofOneMax: Math.min(OF_ONE_MAX, Math.ceil(statementsMax / 2)),
    inAllMax: statementsMax,
    waitingMax: WAITING_MAX,
    waitMsMax: WAIT_MS_MAX,
  })
  const engines = createAnalystEngines({ engine, limits, places, clock, onEnd: () => undefined })
  // A server may say nothing for as long as it works.
  const readingMsMax = READING_MS_MAX + limits.max_execution_time * 1000
  return createAnalystRoutes({ ...options, engines, readingMsMax })
}
