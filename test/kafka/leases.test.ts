import { beforeAll, describe, expect, it } from 'vitest'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import { type Distributed, openDistributed } from '../support/distributed.ts'
import { newestBlocks } from '../support/newest-blocks.ts'
import { without } from '../support/optional-parts.ts'
import { sessionOf } from '../support/session-of.ts'
import { quickCharts } from '../support/start-server.ts'
import type { RunningService } from '../support/start-services.ts'
import { waitFor } from '../support/wait-for.ts'

/** A term that nobody renews, the one who waits for its end, and a build on a busy machine. */
const TAKEN_OVER_MS_MAX = 60_000
const WEEK_MS = 7 * 86_400_000

describe.skipIf(without('kafka'))('a job that one process at a time does', () => {
  let system: Distributed
  let charts: readonly RunningService[]
  let privacy: readonly RunningService[]

  beforeAll(async () => {
    system = await openDistributed({ settings: { ...quickCharts, CHART_MIN_DJS: '1' } })
    const names = ['upload', 'ingest', 'account', 'charts', 'charts', 'privacy', 'privacy'] as const
    const [, , , ...jobs] = await system.services.startReady(...names)
    charts = jobs.slice(0, 2)
    privacy = jobs.slice(2)
  })

  /** The one that does the job and the one that stands by, once it is so. */
  const roles = (services: readonly RunningService[]) =>
    waitFor('one process to do the job', async () => {
      const held = await Promise.all(services.map((one) => one.metric(`tonearm_lease_held{lease="${one.name}"}`)))
      const [active, standby] = [services[held.indexOf(1)], services[held.indexOf(0)]]
      return active !== undefined && standby !== undefined && { active, standby }
    })

  const doesJob = (service: RunningService, value: 0 | 1) =>
    waitFor(
      `${service.name} to ${value === 1 ? 'do the job' : 'stand by'}`,
      async () => (await service.metric(`tonearm_lease_held{lease="${service.name}"}`)) === value,
      TAKEN_OVER_MS_MAX,
    )

  /** Sessions of a DJ who contributes, one in each of so many weeks from the 14th of February on. */
  async function play(dj: string, year: number, weeks: number): Promise<void> {
    const client = await system.services.api(dj)
    expect((await client.patch('/v1/me/profile', { choices: { charts: true } })).status).toBe(200)
    const sessions = Array.from({ length: weeks }, (_, week) =>
      sessionOf(`${week}`, { startedAt: new Date(Date.UTC(year, 1, 14, 20) + week * WEEK_MS).toISOString() }),
    )
    expect((await client.post('/v1/sessions', { json: { sessions } })).status).toBe(202)
  }

  async function chartHas(period: string, djs: number): Promise<void> {
    const has = async () => {
      const [chart] = await system.store.connect('site').rows<{ djs: number }>(
        `SELECT djs FROM charts.published FINAL
           WHERE region = 'world' AND genre = 'all' AND period = {period:String} AND hidden = 0`,
        { period },
      )
      return chart?.djs === djs
    }
    await waitFor(`${djs} DJs in the chart of ${period}`, has, TAKEN_OVER_MS_MAX)
  }

  it('is another’s when the one that does it is killed, also in the middle of an erasure', async () => {
    const [builders, erasers] = [await roles(charts), await roles(privacy)]
    await play('leaves', 2024, 1)
    await play('stays', 2024, 1)
    await chartHas('2024-W07', 2)
    const erased = (await (await system.services.api('leaves')).delete('/v1/me')).json<{ status: string }>()
    const anybody = await system.services.api()
    const status = async () => (await anybody.get(erased.status)).json<ErasureStatus>()
    await waitFor('the erasure to begin', async () => (await status()).state === 'erased', TAKEN_OVER_MS_MAX)
    await Promise.all([builders.active.kill(), erasers.active.kill()])

    await Promise.all([doesJob(builders.standby, 1), doesJob(erasers.standby, 1)])
    await Promise.all([chartHas('2024-W07', 1), builders.active.restart(), erasers.active.restart()])
    await waitFor('the erasure to be complete', async () => (await status()).state === 'complete', TAKEN_OVER_MS_MAX)
    expect(Object.values((await status()).rowsLeft ?? {}).filter((rows) => rows > 0)).toEqual([])
    await system.services.ready(builders.active, erasers.active)
    expect(await roles(charts)).toEqual({ active: builders.standby, standby: builders.active })
    expect(await roles(privacy)).toEqual({ active: erasers.standby, standby: erasers.active })
  })

  it('is not gone on with by a process that stood still for longer than the lease', async () => {
    const { active: stalled, standby } = await roles(charts)
    await play('in-a-build', 2025, 5)
    await stopWithinPeriod(stalled)

    await doesJob(standby, 1)
    await chartHas('2025', 1)
    await waitFor('the build to end', async () => !(await exists('SELECT 1 FROM charts.changes')))
    const built = await inserts()
    stalled.signal('SIGCONT')
    await doesJob(stalled, 0)
    expect(await inserts()).toEqual(built)
    expect(await roles(charts)).toEqual({ active: standby, standby: stalled })
  })

  /** Stops the builder between what it wrote of the charts of a period and what switches readers to them. */
  async function stopWithinPeriod(builder: RunningService): Promise<void> {
    const isUnseen = () =>
      exists(`SELECT 1 FROM charts.entries WHERE (region, genre, kind, period, revision) NOT IN
              (SELECT region, genre, kind, period, revision FROM charts.published FINAL)`)
    const isWorking = () =>
      exists("SELECT 1 FROM system.processes WHERE query LIKE '%charts.build%' AND query NOT LIKE '%system.processes%'")
    const isStopped = async () => {
      if (!(await isUnseen())) return false
      builder.signal('SIGSTOP')
      await waitFor('its last statement to end', async () => !(await isWorking()))
      if (await isUnseen()) return true
      builder.signal('SIGCONT')
      return false
    }
    await waitFor('a period to be half done', isStopped, TAKEN_OVER_MS_MAX)
  }

  const exists = async (query: string) => (await system.store.connect('site').rows(`${query} LIMIT 1`)).length > 0

  /** Into what readers see, and what their charts are compared with. */
  const inserts = () =>
    newestBlocks(system.store.connect('site'), /^charts\.(published|entries|bases|earlier_bases|pending_take_backs)$/)
})
