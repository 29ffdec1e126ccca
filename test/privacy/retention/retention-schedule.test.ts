import { pino } from 'pino'
import { Registry } from 'prom-client'
import { expect, it, onTestFinished } from 'vitest'
import { createJobTurns } from '#platform/scheduling/mutex.ts'
import { createRetentionMetrics } from '../../../services/privacy/retention/retention-metrics.ts'
import { startRetentionSchedule } from '../../../services/privacy/retention/retention-schedule.ts'
import { mortal, pseudonyms } from '../../model/open-pipeline.ts'
import { waitFor } from '../../support/wait-for.ts'
import { limits, openRetention } from './open-retention.ts'

const retention = openRetention()
const { pipeline, at, later, send, ingest, count } = retention
const NEVER = '0 0 1 1 *'
const EVERY_SECOND = '* * * * * *'

function start(options: { expression: string; lookAfterMs: number; dieAt?: number }) {
  const registry = new Registry()
  const { connection } = mortal(pipeline.store().connect('retention'), ['run', 'rows', 'insert'], options.dieAt)
  let answers = 0
  const job = startRetentionSchedule({
    ...options,
    store: {
      ...connection,
      rows: async (sql, params) => {
        const answer = await connection.rows<never>(sql, params)
        answers += 1
        return answer
      },
    },
    turns: createJobTurns(),
    pseudonyms,
    limits,
    clock: () => pipeline.clock.nowMs,
    metrics: createRetentionMetrics(registry),
    logger: pino({ level: 'silent' }),
  })
  onTestFinished(() => job.stop())
  const metric = async (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(await registry.metrics())?.[1])
  return { job, metric, answers: () => answers }
}

it('runs by the clock', async () => {
  await send(1)
  await ingest()
  at('2029-03-01T00:00:00Z')
  const { job, metric } = start({ expression: EVERY_SECOND, lookAfterMs: 1e6 })
  await waitFor('a run', async () => (await metric('tonearm_retention_sessions_total')) === 1)
  await job.stop()
  expect(await count('playlists.sessions')).toBe(0)
  expect(job.problem()).toBeUndefined()
})

it('runs soon after a start when the last run is more than a day ago, and only then', async () => {
  const first = start({ expression: NEVER, lookAfterMs: 0 })
  await waitFor('the first run', async () => (await first.metric('tonearm_retention_ended_timestamp_seconds')) > 0)
  await first.job.stop()
  later(0.9)
  const second = start({ expression: NEVER, lookAfterMs: 0 })
  // It looks when the last run was, and is content with that.
  await waitFor('a look', () => second.answers() === 1)
  await second.job.stop()
  expect(await second.metric('tonearm_retention_seconds_count')).toBe(0)
  later(0.2)
  const third = start({ expression: NEVER, lookAfterMs: 0 })
  await waitFor('the third run', async () => (await third.metric('tonearm_retention_ended_timestamp_seconds')) > 0)
  await third.job.stop()
})

it('tells that it failed, and why, in /readyz and in the metrics', async () => {
  const { job, metric } = start({ expression: EVERY_SECOND, lookAfterMs: 1e6, dieAt: 2 })
  await waitFor('a failure', () => job.problem() === 'store-unavailable')
  expect(await metric('tonearm_retention_failures_total')).toBeGreaterThan(0)
  expect(await metric('tonearm_retention_ended_timestamp_seconds')).toBe(0)
})
