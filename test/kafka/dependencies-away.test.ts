import { beforeAll, describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../support/api-client.ts'
import { type Distributed, openDistributed } from '../support/distributed.ts'
import { without } from '../support/optional-parts.ts'
import { sessionOf } from '../support/session-of.ts'
import type { RunningService } from '../support/start-services.ts'
import { waitFor } from '../support/wait-for.ts'

/** Long enough for a broker or a store that starts on a busy machine, and for the pauses of those who wait for it. */
const BACK_MS_MAX = 60_000

describe.skipIf(without('kafka'))('while a dependency is away', () => {
  let system: Distributed
  let upload: RunningService
  let ingest: RunningService
  let account: RunningService
  let site: RunningService

  beforeAll(async () => {
    // A client that asks again and again is not what is looked at here.
    system = await openDistributed({ settings: { UPLOADS_PER_MINUTE: '1000000' } })
    const names = ['upload', 'ingest', 'account', 'site'] as const
    ;[upload, ingest, account, site] = await system.services.startReady(...names)
  })

  const send = async (dj: string, id: string) =>
    (await system.services.api(dj)).post('/v1/sessions', { json: sessionOf(id) })

  const storedIds = async (dj: string) => {
    const owner = system.services.pseudonyms.owner(dj)
    const rows = await system.store
      .connect('site')
      .rows<{ id: string }>(
        'SELECT session_id AS id FROM playlists.sessions FINAL WHERE owner = {owner:String} ORDER BY id',
        { owner },
      )
    return rows.map(({ id }) => id)
  }

  const saysAway = (service: RunningService, ...away: readonly string[]) =>
    waitFor(`${service.name} to say that ${away} is away`, async () => {
      const checks = (await service.readiness())?.checks ?? {}
      return away.every((name) => /^(out of reach|no answer)$/.test(checks[name] ?? ''))
    })

  function expectOutage(answer: ApiAnswer, code: string): void {
    expect({ status: answer.status, code: answer.json()['code'] }).toEqual({ status: 503, code })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }

  it('the broker: uploads are refused, may be sent again, and are stored once when it is back', async () => {
    expect((await send('broker-away', '1')).status).toBe(202)
    await waitFor('the session', async () => (await storedIds('broker-away')).length === 1)
    await system.broker.kill()
    const [refused, choice] = await Promise.all([
      send('broker-away', '2'),
      system.services.api('broker-away').then((dj) => dj.patch('/v1/me/profile', { choices: { charts: true } })),
      ...[upload, ingest, account].map((service) => saysAway(service, 'log')),
    ])
    expectOutage(refused, 'log-unavailable')
    expectOutage(choice, 'log-unavailable')
    expect(await Promise.all([upload, ingest].map(async (one) => (await one.readiness())?.status))).toEqual([503, 503])
    await expect(site.readiness()).resolves.toMatchObject({ status: 200 })

    await system.broker.restart()
    const answers = new Set<number>()
    await waitFor(
      'the upload to be taken',
      async () => {
        const { status } = await send('broker-away', '2')
        answers.add(status)
        return status === 202
      },
      BACK_MS_MAX,
    )
    expect([...answers].filter((status) => status !== 503)).toEqual([202])
    expect((await send('broker-away', '3')).status).toBe(202)
    await waitFor('the sessions', async () => (await storedIds('broker-away')).length === 3, BACK_MS_MAX)
    expect(await storedIds('broker-away')).toEqual(['1', '2', '3'])
    await system.services.ready(upload, ingest, account)
  })

  it('the store: uploads go on, ingest waits longer each time, keeps its place, and catches up', async () => {
    expect((await send('store-away', '0')).status).toBe(202)
    await waitFor('the session', async () => (await storedIds('store-away')).length === 1)
    await system.clickhouse.kill()
    const ids = Array.from({ length: 8 }, (_, index) => `${index + 1}`)
    for (const id of ids) expect((await send('store-away', id)).status).toBe(202)
    const dj = await system.services.api('store-away')
    expectOutage(await dj.get('/v1/me/sessions'), 'store-unavailable')
    expectOutage(await dj.get('/v1/charts'), 'store-unavailable')
    const waits = () => ingest.metric('tonearm_ingest_waits_total{code="store-unavailable"}')
    await waitFor('ingest to wait', async () => (await waits()) >= 4)
    const pausesMs = [...ingest.stderr().matchAll(/"pauseMs":(\d+).*"ingest waits for a dependency"/g)].map(([, ms]) =>
      Number(ms),
    )
    expect(pausesMs.slice(0, 4)).toEqual([100, 200, 400, 800])
    await Promise.all([ingest, account, site, upload].map((service) => saysAway(service, 'store')))
    const statusOf = async (service: RunningService) => (await service.readiness())?.status
    expect(await Promise.all([ingest, account, site, upload].map(statusOf))).toEqual([503, 503, 503, 200])

    await system.clickhouse.restart()
    await waitFor('ingest to catch up', async () => (await storedIds('store-away')).length > ids.length, BACK_MS_MAX)
    expect(await storedIds('store-away')).toEqual(['0', ...ids])
    await system.services.ready(ingest, account, site)
    expect((await dj.get('/v1/me/sessions')).json<{ sessions: unknown[] }>().sessions).toHaveLength(ids.length + 1)
    expect((await dj.get('/v1/charts')).status).toBe(200)
  })

  it('both, at its start: a service is alive, says what it waits for, and works once they are there', async () => {
    await Promise.all([upload.stop(), ingest.stop()])
    await Promise.all([system.broker.kill(), system.clickhouse.kill()])
    await Promise.all([upload.restart(), ingest.restart()])
    await Promise.all([saysAway(upload, 'log', 'store'), saysAway(ingest, 'log', 'store')])
    for (const service of [upload, ingest]) {
      expect((await fetch(new URL('/healthz', service.address()))).status).toBe(200)
      expect(await service.readiness()).toMatchObject({
        status: 503,
        checks: { preparation: 'waits: store-unavailable' },
      })
    }
    expectOutage(await send('both-away', '1'), 'store-unavailable')

    await Promise.all([system.broker.restart(), system.clickhouse.restart()])
    await system.services.ready(upload, ingest)
    expect((await send('both-away', '1')).status).toBe(202)
    await waitFor('the session', async () => (await storedIds('both-away')).length === 1, BACK_MS_MAX)
  })
})
