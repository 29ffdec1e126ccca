import { pino } from 'pino'
import { Registry } from 'prom-client'
import { expect, it, onTestFinished } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createOperationsRoutes } from '#platform/http/operations-routes.ts'
import { createServer } from '#platform/http/server.ts'
import { checkCronExpression } from '#platform/scheduling/cron-job.ts'
import { createMutex } from '#platform/scheduling/mutex.ts'
import type { BuildResult } from '../../services/charts/build-charts.ts'
import { createChartMetrics } from '../../services/charts/chart-metrics.ts'
import { startChartsSchedule } from '../../services/charts/charts-schedule.ts'
import { waitFor } from '../support/wait-for.ts'

const EVERY_SECOND = '* * * * * *'

function start(build: () => Promise<BuildResult>) {
  const registry = new Registry()
  const schedule = startChartsSchedule({
    turn: createMutex(),
    builder: { build },
    expression: EVERY_SECOND,
    metrics: createChartMetrics(registry),
    logger: pino({ level: 'silent' }),
  })
  onTestFinished(() => schedule.stop())
  return { schedule, registry }
}

it('says in /readyz that a build failed, and why, until one goes well', async () => {
  let failure: Error | undefined = new TonearmError('store-unavailable', 'a secret detail')
  const { schedule, registry } = start(async () => {
    if (failure !== undefined) throw failure
    return { periods: [] }
  })
  const server = createServer({ logger: pino({ level: 'silent' }) })
  await server.register(
    createOperationsRoutes({ registry, dependencies: {}, jobs: { charts: () => schedule.problem() } }),
  )
  onTestFinished(() => server.close())
  const ready = async () => {
    const answer = await server.inject({ url: '/readyz' })
    const { status, checks } = answer.json()
    return [answer.statusCode, status, checks.charts]
  }

  expect(await ready()).toEqual([200, 'ready', 'ok'])
  await waitFor('a failed build', () => schedule.problem())
  expect(await ready()).toEqual([200, 'degraded', 'store-unavailable'])
  failure = new TypeError('not even ours')
  await waitFor('a defect', () => schedule.problem() === 'defect')
  expect(await ready()).toEqual([200, 'degraded', 'defect'])
  failure = undefined
  await waitFor('a good build', () => schedule.problem() === undefined)
  expect(await ready()).toEqual([200, 'ready', 'ok'])
  expect(await registry.metrics()).toMatch(/^tonearm_charts_failures_total [1-9]/m)
})

it('never runs two builds at once, and stops only when the one under way has ended', async () => {
  let running = 0
  let most = 0
  let builds = 0
  let release: () => void = () => undefined
  const { schedule } = start(async () => {
    running += 1
    builds += 1
    most = Math.max(most, running)
    // The first build lasts until the clock has struck again.
    if (builds === 1) await new Promise<void>((resolve) => setTimeout(resolve, 1500))
    if (builds === 2) {
      await new Promise<void>((resolve) => {
        release = resolve
      })
    }
    running -= 1
    return { periods: [] }
  })
  await waitFor('the second build', () => builds === 2)
  let hasStopped = false
  const stopping = schedule.stop().then(() => {
    hasStopped = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(hasStopped).toBe(false)
  release()
  await stopping
  expect({ most, running }).toEqual({ most: 1, running: 0 })
})

it('reports the genres that the tree does not know after a build that published something, and only then', async () => {
  const lines: string[] = []
  const logger = pino({}, { write: (line: string) => lines.push(line) })
  const publishes = [1, 1, 0]
  let builds = 0
  let reports = 0
  const schedule = startChartsSchedule({
    turn: createMutex(),
    builder: {
      build: async () => {
        const publish = publishes[builds] ?? 0
        builds += 1
        return { periods: [{ name: '2026-W07', charts: { keep: 0, wait: 0, hide: 0, publish } }] }
      },
    },
    expression: EVERY_SECOND,
    metrics: createChartMetrics(new Registry()),
    logger,
    unknownGenres: async () => {
      reports += 1
      if (reports === 2) throw new TonearmError('store-unavailable', 'away')
      return [{ genre: 'skweee-revival', djs: 12 }]
    },
  })
  onTestFinished(() => schedule.stop())
  await waitFor('three builds', () => builds >= 3)
  await schedule.stop()
  expect(reports).toBe(2)
  expect(lines.filter((line) => line.includes('"genre":"skweee-revival","djs":12'))).toHaveLength(1)
  // A report that fails is no build that failed.
  expect(schedule.problem()).toBeUndefined()
  expect(lines.filter((line) => line.includes('could not be read'))).toHaveLength(1)
})

it('refuses an expression that is none, and names the setting', () => {
  expect(() => checkCronExpression('CHARTS_CRON', 'often')).toThrow('CHARTS_CRON: not a cron expression')
  expect(() => checkCronExpression('CHARTS_CRON', EVERY_SECOND)).not.toThrow()
})
