import { pino } from 'pino'
import { expect, it, onTestFinished, vi } from 'vitest'
import { callControl } from '#platform/control/call-control.ts'
import type { Scope } from '#platform/http/access.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { sweptTables } from '../../../services/privacy/retention/sweep-superseded.ts'
import { readStandaloneConfig } from '../../../services/standalone/standalone-config.ts'
import { startStandalone } from '../../../services/standalone/start-standalone.ts'
import { type ApiClient, createApiClient } from '../../support/api-client.ts'
import { sessionOf } from '../../support/session-of.ts'
import { BUSY_MS_MAX, newDataDir, quickCharts } from '../../support/start-server.ts'
import { waitFor } from '../../support/wait-for.ts'
import type { ServiceStore } from './open-service-store.ts'

const made = vi.hoisted(() => ({ stores: [] as unknown[] }))

// Every job gets the connection of its service's account; all else is the service as it is.
vi.mock('#platform/store/embedded-store.ts', async () => {
  const { openServiceStore } = await import('./open-service-store.ts')
  return {
    openEmbeddedStore: ({ folder }: { readonly folder: string }) => {
      const store = openServiceStore(folder)
      made.stores.push(store)
      return store
    },
  }
})

const CHART = '/v1/charts/world/all/2024-W07'
const DJS = ['ana', 'ben', 'cleo', 'dan', 'eve', 'finn']
const HOUR_MS = 3_600_000

async function start() {
  const clock = { aheadMs: 0 }
  const settings = { ...quickCharts, RETENTION_CRON: '* * * * * *' }
  const { config } = readStandaloneConfig({ ...settings, DATA_DIR: newDataDir(), PORT: '0' })
  const running = await startStandalone(config, {
    logger: pino({ level: 'silent' }),
    clock: () => Date.now() + clock.aheadMs,
  })
  onTestFinished(() => running.close())
  const key = await readLocalKey(config.DATA_DIR)
  const api = async (account: string, ...scopes: Scope[]): Promise<ApiClient> => {
    return createApiClient(running.address, await issueToken(key, account, scopes.length > 0 ? scopes : ['dj']))
  }
  return { address: running.address, dataDir: config.DATA_DIR, clock, api, store: made.stores[0] as ServiceStore }
}

it('a service does all that it does with the rights and limits of its account in the store', async () => {
  const { address, dataDir, clock, api, store } = await start()
  const anybody = createApiClient(address)
  const ana = await api('ana')
  const admin = await api('admin', 'admin')
  // At the first refusal, with its words, and not when the time is over.
  const until = (what: string, ask: () => Promise<boolean>) =>
    waitFor(
      what,
      async () => {
        expect(store.refusals).toEqual([])
        return await ask()
      },
      BUSY_MS_MAX,
    )
  const statusOf = async (client: ApiClient, path: string) => (await client.get(path)).status
  const runsOf = async (metric: string) =>
    Number(new RegExp(`^${metric} (\\d+)$`, 'm').exec((await anybody.get('/metrics')).text)?.[1])
  const djsOnChart = async () => {
    const answer = await anybody.get(CHART)
    return answer.status === 200 ? answer.json<{ chart: { djs: number } }>().chart.djs : 0
  }

  for (const name of DJS) {
    const dj = await api(name)
    const profile = {
      displayName: name,
      location: { country: 'NZ' },
      genrePreferences: ['house'],
      choices: { charts: true },
    }
    expect((await dj.patch('/v1/me/profile', profile)).status).toBe(200)
    expect((await dj.post('/v1/sessions', { json: sessionOf('1', { visibility: 'public' }) })).status).toBe(202)
  }
  await until('the chart', async () => (await djsOnChart()) === DJS.length)

  // Readers, DJs and admins.
  const track = (await anybody.get(CHART)).json<{ entries: { track: { id: string } }[] }>().entries[0]?.track.id
  const other = (await anybody.get(CHART)).json<{ entries: { track: { id: string } }[] }>().entries[1]?.track.id
  const [session] = (await ana.get('/v1/me/sessions')).json<{ sessions: { key: string; publicId: string }[] }>()
    .sessions
  for (const path of [
    '/',
    CHART,
    `${CHART}.csv`,
    '/v1/charts',
    `/v1/tracks/${track}`,
    `/v1/playlists/${session?.publicId}`,
  ]) {
    expect([path, await statusOf(anybody, path)]).toEqual([path, 200])
  }
  for (const path of ['/v1/me/profile', `/v1/me/sessions/${session?.key}`, '/v1/me/export']) {
    expect([path, await statusOf(ana, path)]).toEqual([path, 200])
  }
  for (const path of ['/v1/accounts/ana/export', '/v1/dead-letters', '/v1/audit', '/v1/merges']) {
    expect([path, await statusOf(admin, path)]).toEqual([path, 200])
  }
  expect((await admin.request('PUT', `/v1/merges/${other}`, { json: { into: track } })).status).toBeLessThan(300)
  expect((await ana.patch('/v1/sessions/1', { name: 'Renamed', visibility: 'private' })).status).toBe(202)
  expect((await ana.post('/v1/sessions', { json: sessionOf('2', { startedAt: '2024-02-15T20:00:00Z' }) })).status).toBe(
    202,
  )
  expect((await ana.delete('/v1/sessions/2')).status).toBe(202)
  expect((await admin.request('PUT', '/v1/accounts/ben/block')).status).toBeLessThan(300)

  // New pseudonyms for all, then one account goes.
  expect(await callControl(dataDir, 'rotate')).toMatchObject({ isRunning: true, result: { keyVersion: 2 } })
  const erasure = (await ana.delete('/v1/me')).json<{ status: string }>()
  const isComplete = async () => (await anybody.get(erasure.status)).json<{ state: string }>().state === 'complete'
  await until('the erasure', isComplete)
  expect(await djsOnChart()).toBe(DJS.length - 1)

  // Four years later everything has reached its retention.
  clock.aheadMs = 4 * 365 * 24 * HOUR_MS
  const before = await runsOf('tonearm_retention_seconds_count')
  await until('retention', async () => (await runsOf('tonearm_retention_seconds_count')) >= before + 2)
  await until('no session', async () => (await runsOf('tonearm_retention_sessions_total')) >= DJS.length - 1)

  const checks = (await anybody.get('/readyz')).json<{ checks: Record<string, string> }>().checks
  expect(checks).toEqual({ log: 'ok', store: 'ok', charts: 'ok', retention: 'ok', erasure: 'ok' })
  expect(store.refusals).toEqual([])
  expect(sweptTables.length).toBeGreaterThan(10)
})
