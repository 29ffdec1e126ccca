/**
 * What the chart builder counts for `/metrics`.
 * @module
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { CronJobMetrics } from '#platform/scheduling/cron-job.ts'

/** Of builds. */
export type ChartMetrics = CronJobMetrics

export function createChartMetrics(registry: Registry): ChartMetrics {
  const registers = [registry]
  const endedAt = new Gauge({
    name: 'tonearm_charts_built_timestamp_seconds',
    help: 'When the last build of charts ended well, Unix seconds',
    registers,
  })
  new Gauge({
    name: 'tonearm_charts_age_seconds',
    help: 'Time since the last build of charts that ended well in this process; 0 before the first',
    registers,
    async collect() {
      const [built] = (await endedAt.get()).values
      this.set(built === undefined || built.value === 0 ? 0 : Date.now() / 1000 - built.value)
    },
  })
  return {
    seconds: new Histogram({
      name: 'tonearm_charts_build_seconds',
      help: 'Time of a build of charts',
      buckets: [0.01, 0.1, 0.5, 1, 5, 30, 120, 600],
      registers,
    }),
    failures: new Counter({ name: 'tonearm_charts_failures_total', help: 'Builds of charts that failed', registers }),
    endedAt,
  }
}
