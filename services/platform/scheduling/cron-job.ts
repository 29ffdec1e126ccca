/**
 * A job by the clock: node-cron, never twice at once, and what became of the last run for `/readyz` and `/metrics`.
 * @module
 */
import cron from 'node-cron'
import type { Counter, Gauge, Histogram } from 'prom-client'
import { TonearmError } from '../errors/tonearm-error.ts'

export interface CronJob {
  /** What `/readyz` says of it: `undefined` while the last run went well, else why it failed. */
  problem(): string | undefined
  /** Runs it beside the clock's times; where one is under way already, that one. Never rejects. */
  runNow(): Promise<void>
  /** Ends it; resolves when no run is under way. What it has in hand is done to its end. */
  stop(): Promise<void>
}

export interface CronJobMetrics {
  readonly seconds: Histogram
  readonly failures: Counter
  /** When the last run ended well. */
  readonly endedAt: Gauge
}

export interface CronJobOptions {
  /** Of node-cron, in UTC. */
  readonly expression: string
  /** One run; a rejection is its failure, and the next run has to make it good. */
  readonly run: (signal: AbortSignal) => Promise<void>
  /** Tells of a failure: `code` is that of our own errors, else `defect`. */
  readonly onFailure: (code: string, cause: unknown) => void
  readonly metrics: CronJobMetrics
}

/** Throws `config-invalid` where the expression is not one of node-cron's. */
export function checkCronExpression(setting: string, expression: string): void {
  if (!cron.validate(expression)) throw new TonearmError('config-invalid', `${setting}: not a cron expression`)
}

/** Starts the job. */
export function startCronJob({ expression, run, onFailure, metrics }: CronJobOptions): CronJob {
  let failure: string | undefined
  let underWay: Promise<void> | undefined
  const stopping = new AbortController()

  async function runOnce(): Promise<void> {
    const startedAt = performance.now()
    try {
      await run(stopping.signal)
      failure = undefined
      metrics.endedAt.setToCurrentTime()
    } catch (cause) {
      failure = cause instanceof TonearmError ? cause.code : 'defect'
      metrics.failures.inc()
      onFailure(failure, cause)
    } finally {
      metrics.seconds.observe((performance.now() - startedAt) / 1000)
    }
  }

  async function runNow(): Promise<void> {
    underWay ??= runOnce().finally(() => {
      underWay = undefined
    })
    await underWay
  }

  const task = cron.schedule(expression, () => void runNow(), {
    timezone: 'UTC',
    noOverlap: true,
    // A run that is missed on a busy machine is made good by the next; the package would say it beside the log, in its own words.
    suppressMissedWarning: true,
  })
  return {
    problem: () => failure,
    runNow,
    async stop() {
      stopping.abort()
      await task.destroy()
      await underWay
    },
  }
}
