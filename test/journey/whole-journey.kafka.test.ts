import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Scope } from '#platform/http/access.ts'
import type { Chart, Playlist } from '#schemas/records/chart.ts'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import type { OwnSession, UploadResult } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { openDistributed } from '../support/distributed.ts'
import { without } from '../support/optional-parts.ts'
import { sessionOf } from '../support/session-of.ts'
import { BUSY_MS_MAX, quickCharts, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const settings = { ...quickCharts, TAKE_BACK_HOURS_MAX: '0' }
const html = { accept: 'text/html' }

/** What a user has before them, whichever way it runs. */
interface Tonearm {
  api(account?: string, ...scopes: readonly Scope[]): Promise<ApiClient>
}

const modes: readonly { readonly mode: string; readonly isLeftOut: boolean; readonly start: () => Promise<Tonearm> }[] =
  [
    {
      mode: 'in one process',
      isLeftOut: false,
      async start() {
        const server = await startServer({ settings })
        onTestFinished(async () => void (await stopServer(server)))
        return server
      },
    },
    {
      mode: 'in processes of their own',
      isLeftOut: without('kafka'),
      async start() {
        const { services } = await openDistributed({ settings })
        const names = ['upload', 'ingest', 'charts', 'account', 'privacy', 'site', 'analyst'] as const
        const running = await Promise.all(names.map((name) => services.start(name)))
        await services.ready(...running)
        return services
      },
    },
  ]

describe.each(modes)('the whole journey $mode', ({ isLeftOut, start }) => {
  it.skipIf(isLeftOut)('goes from an upload over charts and pages to an erasure with nothing left', async () => {
    const tonearm = await start()
    const anybody = await tonearm.api()
    const chart = async (djs: number): Promise<Chart> =>
      await waitFor(
        `a chart of ${djs} DJs`,
        async () => {
          const answer = await anybody.get('/v1/charts/NZ/house/2024-W07')
          return answer.status === 200 && answer.json<Chart>().chart.djs === djs && answer.json<Chart>()
        },
        BUSY_MS_MAX,
      )

    // Six DJs play the same, and say that it counts.
    for (const name of ['ana', 'ben', 'cleo', 'dan', 'eve', 'finn']) {
      const dj = await tonearm.api(name)
      const profile = { displayName: name, location: { country: 'NZ' }, choices: { charts: true } }
      expect((await dj.patch('/v1/me/profile', profile)).status).toBe(200)
      const answer = await dj.post('/v1/sessions', { ndjson: [sessionOf('86', { name: 'Friday at the harbour' })] })
      expect([answer.status, answer.json<UploadResult>().rejected]).toEqual([202, []])
    }
    const { entries } = await chart(6)
    expect(entries.map(({ rank, djs, plays }) => [rank, djs, plays])).toEqual([
      [1, 6, 6],
      [2, 6, 6],
      [3, 6, 6],
    ])
    for (const path of ['/charts/NZ/house/2024-W07', '/', `/tracks/${entries[0]?.track.id}`]) {
      const page = await anybody.get(path, html)
      expect([path, page.status]).toEqual([path, 200])
      expect(page.text).toContain(path === '/' ? 'Tonearm' : (entries[0]?.track.title ?? ''))
    }

    // An analyst asks for the same in SQL.
    const analyst = await tonearm.api('lee', 'analyst')
    const asked = encodeURIComponent(
      "SELECT track_id, djs, toUInt32(plays) FROM analytics.track_weeks WHERE region = 'NZ' AND week = '2024-W07' ORDER BY track_id FORMAT JSONCompact",
    )
    const trackWeeks = async () => (await analyst.get(`/sql/?query=${asked}`)).json<{ data: unknown[] }>().data
    const sixDjs = entries.map(({ track }) => [track.id, 6, 6]).sort()
    await waitFor('the rows of six DJs', async () => isDeepStrictEqual(await trackWeeks(), sixDjs), BUSY_MS_MAX)

    // One of them looks at what is kept, and shows a session.
    const ana = await tonearm.api('ana')
    const [own] = (await ana.get('/v1/me/sessions')).json<{ sessions: OwnSession[] }>().sessions
    expect((await ana.patch(`/v1/sessions/${own?.key}`, { visibility: 'public' })).status).toBe(202)
    const readOwn = async () => (await ana.get(`/v1/me/sessions/${own?.key}`)).json<OwnSession>()
    const publicId = await waitFor('the public id', async () => (await readOwn()).publicId, BUSY_MS_MAX)
    expect((await readOwn()).tracks.map(({ counted }) => counted)).toEqual([true, true, true])
    const playlist = await anybody.get(`/v1/playlists/${publicId}`)
    expect(playlist.json<Playlist>()).toMatchObject({ displayName: 'ana', name: 'Friday at the harbour' })
    expect((await ana.get('/v1/me/export')).text).toContain('Friday at the harbour')

    // And goes: nothing is left, and the chart stands on the others.
    const { status } = (await ana.delete('/v1/me')).json<{ status: string }>()
    const readStatus = async () => (await anybody.get(status)).json<ErasureStatus>()
    const isComplete = async () => (await readStatus()).state === 'complete'
    await waitFor('the erasure to be complete', isComplete, 2 * BUSY_MS_MAX)
    const { rowsLeft = {}, chartsRebuilt } = await readStatus()
    expect(Object.keys(rowsLeft).length).toBeGreaterThan(5)
    expect(Object.values(rowsLeft).filter((rows) => rows > 0)).toEqual([])
    expect(chartsRebuilt).toContain('NZ/house/2024-W07')
    expect((await chart(5)).chart.djs).toBe(5)
    expect(await trackWeeks()).toEqual(sixDjs.map(([id]) => [id, 5, 5]))
    expect((await anybody.get(`/v1/playlists/${publicId}`)).status).toBe(404)
    const closed = await ana.post('/v1/sessions', { json: sessionOf('87') })
    expect([closed.status, closed.json<{ code: string }>().code]).toEqual([403, 'account-erased'])
  })
})
