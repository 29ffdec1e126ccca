/**
 * Builds charts by the clock, never two builds at once.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import { type CronJob, startCronJob } from '#platform/scheduling/cron-job.ts'
import type { Mutex } from '#platform/scheduling/mutex.ts'
import type { ChartBuilder } from './build-charts.ts'
import type { ChartMetrics } from './chart-metrics.ts'
import type { UnknownGenre } from './unknown-genres.ts'

/** Starts building by the expression, in UTC. The period in hand is built to its end when it is stopped. */
export function startChartsSchedule(options: {
  readonly builder: ChartBuilder
  /** Each build takes its turn here, so that what must not meet half a build can wait for its end. */
  readonly turn: Mutex
  readonly expression: string
  readonly metrics: ChartMetrics
  readonly logger: FastifyBaseLogger
  /** Reads which genres the tree does not know; asked after each build that published something. */
  readonly unknownGenres?: () => Promise<readonly UnknownGenre[]>
}): CronJob {
  const { builder, turn, expression, metrics, logger, unknownGenres } = options

  async function run(signal: AbortSignal): Promise<void> {
    const { periods } = await turn.run(() => builder.build(signal))
    for (const { name, charts } of periods) logger.info({ period: name, ...charts }, 'charts built')
    if (periods.some(({ charts }) => charts.publish > 0)) await reportUnknownGenres()
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

  return startCronJob({
    expression,
    run,
    // The charts that readers see stay up; the marks stay too, so that the next build makes it good.
    onFailure: (code, cause) => logger.error({ code, error: cause }, 'charts could not be built'),
    metrics,
  })
}
