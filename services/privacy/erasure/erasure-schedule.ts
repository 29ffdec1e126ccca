/**
 * Looks every second for erasures to carry through.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { type CronJob, type CronJobMetrics, startCronJob } from '#platform/scheduling/cron-job.ts'
import { createErasures, type ErasureOptions } from './erase-accounts.ts'

export interface ErasureMetrics extends CronJobMetrics {
  readonly open: Gauge
  readonly completeSeconds: Histogram
}

export function createErasureMetrics(registry: Registry): ErasureMetrics {
  const registers = [registry]
  return {
    open: new Gauge({ name: 'tonearm_erasures_open', help: 'Erasures that are not complete', registers }),
    completeSeconds: new Histogram({
      name: 'tonearm_erasure_complete_seconds',
      help: 'Time from the request of an erasure until it was complete',
      buckets: [1, 5, 30, 60, 300, 3600, 21_600, 86_400, 172_800],
      registers,
    }),
    seconds: new Histogram({
      name: 'tonearm_erasure_round_seconds',
      help: 'Time of a round over the open erasures',
      buckets: [0.01, 0.1, 1, 10, 60],
      registers,
    }),
    failures: new Counter({ name: 'tonearm_erasure_failures_total', help: 'Rounds that failed', registers }),
    endedAt: new Gauge({
      name: 'tonearm_erasure_ended_timestamp_seconds',
      help: 'When the last round ended well',
      registers,
    }),
  }
}

export function startErasureSchedule(
  options: ErasureOptions & { readonly metrics: ErasureMetrics; readonly logger: FastifyBaseLogger },
): CronJob {
  const { metrics, logger } = options
  const continueErasures = createErasures(options)
  return startCronJob({
    expression: '* * * * * *',
    async run() {
      const progress = await continueErasures()
      metrics.open.set(progress.open)
      for (const afterMs of progress.completedAfterMs) metrics.completeSeconds.observe(afterMs / 1000)
      if (progress.completedAfterMs.length > 0) logger.info({ erasures: progress.completedAfterMs.length }, 'erased')
    },
    onFailure: (code, cause) => logger.error({ code, error: cause }, 'erasures could not be carried through'),
    metrics,
  })
}
