import { beforeAll, describe, expect, it } from 'vitest'
import { problemCatalogue } from '#platform/http/problem-catalogue.ts'
import type { Chart, Playlist } from '#schemas/records/chart.ts'
import type { OwnSession, OwnSessionSummary, UploadResult } from '#schemas/records/session.ts'
import { type ApiAnswer, type ApiClient, createApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { BUSY_MS_MAX, quickCharts, type RunningServer, runProgram, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const CHART = '/v1/charts/NZ/house/2024-W07'
const html = { accept: 'text/html' }

let server: RunningServer
let anybody: ApiClient

beforeAll(async () => {
  server = await startServer({ settings: quickCharts, isFromSource: true })
  anybody = await server.api()
})

async function listSessions(client: ApiClient): Promise<OwnSessionSummary[]> {
  return (await client.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>().sessions
}

/** Waits until the chart stands on so many DJs. */
async function chartOf(djs: number): Promise<Chart> {
  const ask = async () => {
    const answer = await anybody.get(CHART)
    const chart = answer.status === 200 && answer.json<Chart>()
    return chart && chart.chart.djs === djs && chart
  }
  return await waitFor(`a chart of ${djs} DJs`, ask, BUSY_MS_MAX)
}

/** What a stranger can see of an answer, but for what differs in each. */
function visible({ status, headers, bytes }: ApiAnswer): unknown {
  const own = new Set(['date', 'x-request-id'])
  return { status, headers: [...headers].filter(([name]) => !own.has(name)), bytes: bytes.toString('utf8') }
}

describe('the first hour of a DJ, step by step', () => {
  let ana: ApiClient
  let key: string
  let publicId: string
  const session = sessionOf('86', { historyId: 'laptop', name: 'Friday at the harbour' })
  const withShortPlay = {
    ...session,
    tracks: [...session.tracks, { id: '4', playedSeconds: 8, tags: { title: 'Cued Only', artist: 'Mara Vell' } }],
  }

  beforeAll(async () => {
    // Five others play the same, so that a chart may show at all.
    for (const name of ['ben', 'cleo', 'dan', 'eve', 'finn']) {
      const other = await server.api(name)
      await other.patch('/v1/me/profile', { location: { country: 'NZ' }, choices: { charts: true } })
      await other.post('/v1/sessions', { json: sessionOf('1') })
    }
    await chartOf(5)
  })

  it('gets a token from the command', async () => {
    const printed = await runProgram('services/standalone/token.ts', ['--sub', 'ana'], { DATA_DIR: server.dataDir })
    ana = createApiClient(server.address, printed.stdout.trim())
    expect((await ana.get('/v1/me/profile')).json()).toMatchObject({ displayName: null, choices: { charts: false } })
  })

  it('consents, and the answer is the whole profile', async () => {
    const change = {
      displayName: 'Ana',
      location: { country: 'NZ', city: 'Auckland' },
      genrePreferences: ['House'],
      choices: { charts: true },
      consentText: '2026-01',
    }
    const answer = await ana.patch('/v1/me/profile', change)
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        displayName: 'Ana',
        location: { country: 'NZ', subdivision: null, city: 'Auckland' },
        genrePreferences: ['house'],
        choices: { charts: true, statistics: true, usage: true },
      },
    ])
  })

  it('uploads, and sees of each play whether it counts and if not, why', async () => {
    const answer = await ana.post('/v1/sessions', { ndjson: [withShortPlay] })
    expect([answer.status, answer.json<UploadResult>().rejected]).toEqual([202, []])
    key = answer.json<UploadResult>().accepted[0]?.key ?? ''
    await waitFor('the session', async () => (await listSessions(ana)).some((one) => one.key === key))
    const own = (await ana.get(`/v1/me/sessions/${key}`)).json<OwnSession>()
    expect(own).toMatchObject({ id: '86', visibility: 'private', contributeToCharts: true })
    expect(own.tracks.map(({ counted, whyNot }) => [counted, whyNot])).toEqual([
      [true, undefined],
      [true, undefined],
      [true, undefined],
      [false, 'too-short'],
    ])
  })

  it('finds the plays in the chart, as JSON, as CSV and as a page', async () => {
    const { chart, entries } = await chartOf(6)
    expect(chart).toMatchObject({ region: 'NZ', genre: 'house', period: '2024-W07', plays: 18 })
    expect(entries.map(({ rank, djs, plays }) => [rank, djs, plays])).toEqual([
      [1, 6, 6],
      [2, 6, 6],
      [3, 6, 6],
    ])
    const csv = await anybody.get(`${CHART}.csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const page = await anybody.get('/charts/NZ/house/2024-W07', html)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    for (const { track } of entries) {
      expect(csv.text).toContain(track.title)
      expect(page.text).toContain(track.title)
    }
    const cached = await anybody.get(CHART, { 'if-none-match': (await anybody.get(CHART)).headers.get('etag') ?? '' })
    expect([cached.status, cached.text]).toEqual([304, ''])
  })

  it('makes the session public, and anybody reads the playlist and nothing of the rest', async () => {
    expect((await ana.patch(`/v1/sessions/${key}`, { visibility: 'public' })).status).toBe(202)
    publicId = await waitFor('a public id', async () => (await listSessions(ana))[0]?.publicId)
    const answer = await anybody.get(`/v1/playlists/${publicId}`)
    const playlist = answer.json<Playlist>()
    expect(playlist).toMatchObject({ displayName: 'Ana', name: 'Friday at the harbour' })
    expect(playlist.tracks[0]).toEqual({
      title: 'Low Tide',
      artist: 'Harbour Lights',
      atSeconds: 0,
      playedSeconds: 290,
    })
    expect(answer.text).not.toMatch(/laptop|Auckland|"86"/)
    expect(answer.text).not.toContain(key)
    const page = await anybody.get(`/playlists/${publicId}`, html)
    expect([page.status, page.text.includes('Friday at the harbour')]).toEqual([200, true])
  })

  it('makes it private again, and it answers like one that never was', async () => {
    await ana.patch(`/v1/sessions/${key}`, { visibility: 'private' })
    await waitFor('the playlist to go', async () => (await anybody.get(`/v1/playlists/${publicId}`)).status === 404)
    const unknown = 'A'.repeat(publicId.length)
    for (const [path, headers] of [
      ['/v1/playlists/', {}],
      ['/playlists/', {}],
      ['/playlists/', html],
    ] as const) {
      const closed = visible(await anybody.get(`${path}${publicId}`, headers))
      expect(closed).toEqual(visible(await anybody.get(`${path}${unknown}`, headers)))
      expect(closed).toMatchObject({ status: 404 })
    }
  })

  it('stays private when the software sends it again as public', async () => {
    await ana.post('/v1/sessions', { json: { ...withShortPlay, visibility: 'public', exportId: 'again' } })
    await waitFor('the new upload', async () => (await listSessions(ana))[0]?.exportId === 'again')
    expect((await listSessions(ana))[0]).toMatchObject({ visibility: 'private' })
    expect((await anybody.get(`/v1/playlists/${publicId}`)).status).toBe(404)
  })

  it('deletes it, and it is gone from the list and from the next chart', async () => {
    expect((await ana.delete(`/v1/sessions/${key}`)).status).toBe(202)
    await waitFor('the session to go', async () => (await listSessions(ana)).length === 0)
    expect((await ana.get(`/v1/me/sessions/${key}`)).json()).toMatchObject({ code: 'not-found' })
    const { chart, entries } = await chartOf(5)
    expect([chart.plays, ...entries.map(({ djs }) => djs)]).toEqual([15, 5, 5, 5])
  })

  it('stays deleted when the software sends it again, until it says undelete', async () => {
    expect((await ana.post('/v1/sessions', { json: withShortPlay })).status).toBe(202)
    // A session behind it in the log: once that one shows, the other had its chance.
    await ana.post('/v1/sessions', { json: sessionOf('later', { contributeToCharts: false }) })
    await waitFor('the later session', async () => (await listSessions(ana)).length > 0)
    expect((await listSessions(ana)).map(({ id }) => id)).toEqual(['later'])

    await ana.post('/v1/sessions', { json: { ...withShortPlay, undelete: true } })
    await waitFor('the session to come back', async () => (await listSessions(ana)).some((one) => one.key === key))
    expect((await chartOf(6)).chart.plays).toBe(18)
  })

  it('withdraws the consent, and the chart follows', async () => {
    await ana.patch('/v1/me/profile', { choices: { charts: false } })
    expect((await chartOf(5)).chart.plays).toBe(15)
    const own = (await ana.get(`/v1/me/sessions/${key}`)).json<OwnSession>()
    expect(own.tracks.map(({ whyNot }) => whyNot)).toEqual(Array(4).fill('not-contributed'))
  })
})

describe('accounts', () => {
  it('never see, change or delete a session of another', async () => {
    const [one, two] = [await server.api('one'), await server.api('two')]
    const upload = await one.post('/v1/sessions', { json: sessionOf('mine', { name: 'Mine' }) })
    const key = upload.json<UploadResult>().accepted[0]?.key ?? ''
    await waitFor('the session', async () => (await listSessions(one)).length === 1)
    expect(await listSessions(two)).toEqual([])
    const unknown = visible(await two.get('/v1/me/sessions/nobody'))
    expect(visible(await two.get(`/v1/me/sessions/${key}`))).toEqual(unknown)
    expect(visible(await two.get('/v1/me/sessions/mine'))).toEqual(unknown)

    expect((await two.patch(`/v1/sessions/${key}`, { name: 'Theirs', visibility: 'public' })).status).toBe(202)
    expect((await two.delete(`/v1/sessions/${key}`)).status).toBe(202)
    // Behind both in the log.
    await two.post('/v1/sessions', { json: sessionOf('theirs') })
    await waitFor('the session', async () => (await listSessions(two)).length === 1)
    expect(await listSessions(one)).toMatchObject([{ key, name: 'Mine', visibility: 'private' }])
  })
})

describe('errors', () => {
  const ownCalls = [
    ['GET', '/v1/me/profile'],
    ['PATCH', '/v1/me/profile'],
    ['GET', '/v1/me/sessions'],
    ['GET', '/v1/me/sessions/1'],
    ['POST', '/v1/sessions'],
    ['PATCH', '/v1/sessions/1'],
    ['DELETE', '/v1/sessions/1'],
  ] as const

  /** Every problem says in one form what it is, and where that is explained. */
  async function expectProblem(answer: ApiAnswer, status: number, code: string): Promise<void> {
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = answer.json<{ type: string }>()
    expect(problem).toMatchObject({ type: `/problems/${code}`, status, code })
    expect(answer.status).toBe(status)
    expect((await anybody.get(problem.type)).status).toBe(200)
  }

  it.each(ownCalls)('ask for a token: %s %s', async (method, path) => {
    const body = method === 'PATCH' || method === 'POST' ? { json: {} } : {}
    await expectProblem(await anybody.request(method, path, body), 401, 'unauthorized')
    const forged = createApiClient(server.address, 'not.a.token')
    await expectProblem(await forged.request(method, path, body), 401, 'unauthorized')
  })

  it.each(ownCalls)('ask for the scope of a DJ: %s %s', async (method, path) => {
    const body = method === 'PATCH' || method === 'POST' ? { json: {} } : {}
    const analyst = await server.api('ana', 'analyst')
    await expectProblem(await analyst.request(method, path, body), 403, 'forbidden')
  })

  it('are problems on every other way, too', async () => {
    const dj = await server.api('errors')
    await expectProblem(await dj.get('/v1/nothing'), 404, 'not-found')
    await expectProblem(await anybody.get('/v1/charts/NZ/polka/2024-W07'), 404, 'not-found')
    await expectProblem(await anybody.get('/v1/charts?limit=0'), 400, 'invalid-request')
    await expectProblem(await dj.get('/v1/me/sessions?cursor=nonsense'), 400, 'invalid-request')
    await expectProblem(await dj.patch('/v1/me/profile', { location: { country: 'Nowhere' } }), 422, 'invalid-profile')
    await expectProblem(await dj.patch('/v1/me/profile', { birthDate: '2020-01-01' }), 403, 'under-age')
    await expectProblem(await dj.patch('/v1/sessions/1', { visibility: 'friends' }), 422, 'invalid-choice')
  })

  it('say which methods an address has', async () => {
    const dj = await server.api('errors')
    for (const [method, path, allowed] of [
      ['GET', '/v1/sessions', 'POST'],
      ['PUT', '/v1/sessions/1', 'DELETE, PATCH'],
      ['POST', '/v1/charts?limit=1', 'GET, HEAD'],
    ] as const) {
      const answer = await dj.request(method, path)
      await expectProblem(answer, 405, 'method-not-allowed')
      expect(answer.headers.get('allow')).toBe(allowed)
    }
  })

  it('have a page each, which a browser reads', async () => {
    for (const [code, { title }] of Object.entries(problemCatalogue)) {
      const page = await anybody.get(`/problems/${code}`, html)
      expect([code, page.status, page.headers.get('content-type')]).toEqual([code, 200, 'text/html; charset=utf-8'])
      expect(page.text).toContain(title)
    }
    expect((await anybody.get('/problems/nothing')).status).toBe(404)
  })
})
