/**
 * The chart builder as a whole: builds by the clock, and the matching of tracks that they count by.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import type { CronJob } from '#platform/scheduling/cron-job.ts'
import type { Turn } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { AnalystsNoise } from './analytics/noise/analysts-noise.ts'
import { createChartBuilder } from './build-charts.ts'
import type { ChartMetrics } from './chart-metrics.ts'
import { startChartsSchedule } from './charts-schedule.ts'
import { startMatchJob } from './merges/match-job.ts'
import type { ChartRules } from './period-build.ts'
import { readUnknownGenres } from './unknown-genres.ts'

export interface ChartsOptions {
  readonly store: StoreConnection
  /** What the matching reads and decides through, so that a build does not hold it up. */
  readonly mergesStore: StoreConnection
  readonly rules: ChartRules
  /** Setting `CHARTS_CRON`. */
  readonly expression: string
  /** Builds, and what reads contributions, take it. */
  readonly turn: Turn
  /** Version of the key that made the contributors' pseudonyms; asked at the begin of each build. */
  readonly keyVersion: () => number
  /** What analysts' rows carry; absent where `ANALYTICS_EPSILON` is not set. */
  readonly noise?: AnalystsNoise | undefined
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly metrics: ChartMetrics
  readonly logger: FastifyBaseLogger
}

export interface RunningCharts extends Pick<CronJob, 'problem'> {
  /** Begins no further build; the one under way ends with the period in hand. */
  endBuilds(): void
  /** Ends all of it; resolves when nothing is under way. */
  stop(): Promise<void>
}

export function startCharts(options: ChartsOptions): RunningCharts {
  const { store, mergesStore, rules, expression, turn, keyVersion, clock, metrics, logger, noise } = options
  const schedule = startChartsSchedule({
    builder: createChartBuilder({ store, rules, clock, keyVersion, turn, noise }),
    turn,
    expression,
    metrics,
    logger,
    unknownGenres: () => turn.run(() => readUnknownGenres(store, rules.minimumDjs)),
  })
  const stopMatching = startMatchJob({ store: mergesStore, clock, turn, logger })
  return {
    problem: () => schedule.problem(),
    endBuilds: () => void schedule.stop(),
    async stop() {
      await Promise.all([schedule.stop(), stopMatching()])
    },
  }
}
