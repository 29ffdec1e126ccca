/**
 * What the chart builder counts for `/metrics`.
 * @module
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface ChartMetrics {
  readonly buildSeconds: Histogram
  readonly failures: Counter
  readonly builtAt: Gauge
}

export function createChartMetrics(registry: Registry): ChartMetrics {
  const registers = [registry]
  return {
    buildSeconds: new Histogram({
      name: 'tonearm_charts_build_seconds',
      help: 'Time of a build of charts',
      buckets: [0.01, 0.1, 0.5, 1, 5, 30, 120, 600],
      registers,
    }),
    failures: new Counter({ name: 'tonearm_charts_failures_total', help: 'Builds of charts that failed', registers }),
    builtAt: new Gauge({
      name: 'tonearm_charts_built_timestamp_seconds',
      help: 'When the last build of charts ended well, Unix seconds',
      registers,
    }),
  }
}
