/**
 * Builds charts by the clock: node-cron, never two builds at once.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import cron from 'node-cron'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Mutex } from '#platform/scheduling/mutex.ts'
import type { ChartBuilder } from './build-charts.ts'
import type { ChartMetrics } from './chart-metrics.ts'
import type { UnknownGenre } from './unknown-genres.ts'

export interface ChartsSchedule {
  /** What `/readyz` says of it: `undefined` while the last build went well, else why it failed. */
  problem(): string | undefined
  /** Ends the schedule; resolves when no build is under way. The period in hand is built to its end. */
  stop(): Promise<void>
}

/** Throws `config-invalid` where the expression is not one of node-cron's. */
export function checkCronExpression(setting: string, expression: string): void {
  if (!cron.validate(expression)) throw new TonearmError('config-invalid', `${setting}: not a cron expression`)
}

/** Starts building by the expression, in UTC. */
export function startChartsSchedule(options: {
  readonly builder: ChartBuilder
  /** Each build takes its turn here, so that what must not meet half a build can wait for its end. */
  readonly turn: Mutex
  readonly expression: string
  readonly metrics: ChartMetrics
  readonly logger: FastifyBaseLogger
  /** Reads which genres the tree does not know; asked after each build that published something. */
  readonly unknownGenres?: () => Promise<readonly UnknownGenre[]>
}): ChartsSchedule {
  const { builder, turn, expression, metrics, logger, unknownGenres } = options
  let failure: string | undefined
  let underWay: Promise<void> | undefined
  const stopping = new AbortController()

  async function build(): Promise<void> {
    const startedAt = performance.now()
    try {
      const { periods } = await turn.run(() => builder.build(stopping.signal))
      failure = undefined
      metrics.builtAt.setToCurrentTime()
      for (const { name, charts } of periods) logger.info({ period: name, ...charts }, 'charts built')
      if (periods.some(({ charts }) => charts.publish > 0)) await reportUnknownGenres()
    } catch (cause) {
      // The charts that readers see stay up; the marks stay too, so that the next build makes it good.
      failure = cause instanceof TonearmError ? cause.code : 'defect'
      metrics.failures.inc()
      logger.error({ code: failure, error: cause }, 'charts could not be built')
    } finally {
      metrics.buildSeconds.observe((performance.now() - startedAt) / 1000)
    }
  }

  /** For those who look after the tree. The charts are up whatever becomes of it, so it never fails a build. */
  async function reportUnknownGenres(): Promise<void> {
    try {
      const genres = (await unknownGenres?.()) ?? []
      if (genres.length > 0) logger.info({ genres }, 'genres that the tree does not know')
    } catch (cause) {
      logger.warn({ error: cause }, 'genres that the tree does not know could not be read')
    }
  }

  const task = cron.schedule(
    expression,
    () => {
      underWay ??= build().finally(() => {
        underWay = undefined
      })
    },
    { timezone: 'UTC', noOverlap: true },
  )

  return {
    problem: () => failure,
    async stop() {
      stopping.abort()
      await task.destroy()
      await underWay
    },
  }
}
