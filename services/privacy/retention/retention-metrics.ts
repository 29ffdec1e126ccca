/**
 * What retention counts for `/metrics`.
 * @module
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { CronJobMetrics } from '#platform/scheduling/cron-job.ts'

export interface RetentionMetrics extends CronJobMetrics {
  readonly sessions: Counter
  readonly postponed: Gauge
}

export function createRetentionMetrics(registry: Registry): RetentionMetrics {
  const registers = [registry]
  return {
    seconds: new Histogram({
      name: 'tonearm_retention_seconds',
      help: 'Time of a run of retention',
      buckets: [0.1, 1, 10, 60, 600, 3600],
      registers,
    }),
    failures: new Counter({
      name: 'tonearm_retention_failures_total',
      help: 'Runs of retention that failed',
      registers,
    }),
    endedAt: new Gauge({
      name: 'tonearm_retention_ended_timestamp_seconds',
      help: 'When the last run of retention ended well, Unix seconds',
      registers,
    }),
    sessions: new Counter({
      name: 'tonearm_retention_sessions_total',
      help: 'Sessions that were deleted because they reached their retention',
      registers,
    }),
    postponed: new Gauge({
      name: 'tonearm_retention_postponed_sessions',
      help: 'Sessions that the last run left to the next, because a take-back waits in their charts',
      registers,
    }),
  }
}
