/**
 * The privacy service as a whole: erasure, and retention of sessions, records, the log and the ledger.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import type { Registry } from 'prom-client'
import type { CronJob } from '#platform/scheduling/cron-job.ts'
import type { JobTurns } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { RetentionLimits } from '#schemas/privacy/labels.ts'
import type { ErasureOptions } from './erasure/erase-accounts.ts'
import { createErasureMetrics, type ErasureMetrics, startErasureSchedule } from './erasure/erasure-schedule.ts'
import { startLedgerRetention } from './ledger-retention.ts'
import { startLogRetention } from './log-retention.ts'
import { createRetentionMetrics, type RetentionMetrics } from './retention/retention-metrics.ts'
import { startRetentionSchedule } from './retention/retention-schedule.ts'

export interface PrivacyMetrics {
  readonly erasure: ErasureMetrics
  readonly retention: RetentionMetrics
}

export interface PrivacyOptions extends Omit<ErasureOptions, 'chartsTurn'> {
  readonly retentionStore: StoreConnection
  readonly turns: JobTurns
  readonly limits: RetentionLimits
  /** Setting `RETENTION_CRON`. */
  readonly expression: string
  readonly metrics: PrivacyMetrics
  readonly logger: FastifyBaseLogger
}

export interface RunningPrivacy {
  readonly retention: Pick<CronJob, 'problem'>
  readonly erasure: Pick<CronJob, 'problem'>
  /** Ends all of it; resolves when nothing is under way. */
  stop(): Promise<void>
}

export function createPrivacyMetrics(registry: Registry): PrivacyMetrics {
  return { erasure: createErasureMetrics(registry), retention: createRetentionMetrics(registry) }
}

export function startPrivacy(options: PrivacyOptions): RunningPrivacy {
  const { log, ledger, retentionStore, turns, limits, clock, metrics, logger } = options
  const stopLogRetention = startLogRetention({ log, retentionHours: limits.logHours, clock, logger })
  const stopLedgerRetention = startLedgerRetention({ ledger, clock, logger })
  const retention = startRetentionSchedule({ ...options, store: retentionStore, metrics: metrics.retention })
  const erasure = startErasureSchedule({ ...options, chartsTurn: turns.charts, metrics: metrics.erasure })
  return {
    retention,
    erasure,
    async stop() {
      stopLogRetention()
      stopLedgerRetention()
      await Promise.all([retention.stop(), erasure.stop()])
    },
  }
}
