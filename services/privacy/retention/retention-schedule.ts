/**
 * Runs retention by the clock, and soon after a start where the last run is more than a day ago: a process that is not up
 * at night keeps nothing longer for it.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import { type CronJob, startCronJob } from '#platform/scheduling/cron-job.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { RetentionMetrics } from './retention-metrics.ts'
import { type RetentionOptions, runRetention } from './run-retention.ts'

const FACT = 'retention'
const DAY_MS = 86_400_000
/** After the start, so that it does not add to the work of starting. */
const LOOK_AFTER_MS = 60_000

export interface RetentionScheduleOptions extends RetentionOptions {
  readonly expression: string
  readonly metrics: RetentionMetrics
  readonly logger: FastifyBaseLogger
  readonly lookAfterMs?: number
}

/** Starts it. When it is stopped, what is in hand is done to its end, and the rest is left to the next run. */
export function startRetentionSchedule(options: RetentionScheduleOptions): CronJob {
  const { store, clock, expression, metrics, logger, lookAfterMs = LOOK_AFTER_MS } = options

  async function run(signal: AbortSignal): Promise<void> {
    const result = await runRetention(options, signal)
    metrics.sessions.inc(result.sessions)
    metrics.postponed.set(result.postponed)
    if (!signal.aborted) await rememberRun(store, clock())
    logger.info({ ...result }, 'retention kept')
  }

  const job = startCronJob({
    expression,
    run,
    onFailure: (code, error) => logger.error({ code, error }, 'retention could not be kept'),
    metrics,
  })
  const timer = setTimeout(() => {
    lastRunMs(store).then(
      (lastMs) => (clock() - lastMs > DAY_MS ? job.runNow() : undefined),
      // The store is away; the clock's next time comes in any case.
      () => undefined,
    )
  }, lookAfterMs)
  timer.unref()
  return {
    ...job,
    async stop() {
      clearTimeout(timer)
      await job.stop()
    },
  }
}

/** 0 where there was none. */
async function lastRunMs(store: StoreConnection): Promise<number> {
  const [row] = await store.rows<{ version: string }>(
    `SELECT max(version) AS version FROM operations.facts WHERE name = '${FACT}'`,
  )
  return Number(row?.version ?? 0)
}

async function rememberRun(store: StoreConnection, nowMs: number): Promise<void> {
  const row = { name: FACT, value: '{}', version: nowMs }
  await store.insert({ table: 'operations.facts', lines: Buffer.from(JSON.stringify(row)) })
}
