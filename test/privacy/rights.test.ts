/**
 * What is owed to the people in the data, where it takes the whole service to see it.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountExport } from '#schemas/records/account-export.ts'
import type { Chart } from '#schemas/records/chart.ts'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import type { OwnSession, OwnSessionSummary } from '#schemas/records/session.ts'
import { readOperations } from '../access/documented-operations.ts'
import type { ApiClient } from '../support/api-client.ts'
import { encodingsOf, readAllFiles } from '../support/data-folder.ts'
import { sessionOf } from '../support/session-of.ts'
import { BUSY_MS_MAX, quickCharts, type RunningServer, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const CHART = '/v1/charts/NZ/all/2024-W07'

let server: RunningServer
let anybody: ApiClient
let admin: ApiClient
beforeAll(async () => {
  server = await startServer({ settings: { ...quickCharts, CHART_MIN_DJS: '2', LOG_LEVEL: 'trace' } })
  anybody = await server.api()
  admin = await server.api('admin', 'admin')
})

const begin = async (name: string, consentText: string): Promise<ApiClient> => {
  const dj = await server.api(name)
  const profile = { displayName: name, location: { country: 'NZ' }, choices: { charts: true }, consentText }
  expect((await dj.patch('/v1/me/profile', profile)).status).toBe(200)
  expect((await dj.post('/v1/sessions', { json: sessionOf('1') })).status).toBe(202)
  return dj
}
const chartOf = (djs: number) =>
  waitFor(
    `a chart of ${djs}`,
    async () => {
      const chart = (await anybody.get(CHART)).json<Partial<Chart>>().chart
      return chart?.djs === djs && chart
    },
    BUSY_MS_MAX,
  )
const complete = (path: string) =>
  waitFor('the erasure', async () => (await anybody.get(path)).json<ErasureStatus>().state === 'complete', BUSY_MS_MAX)

describe('PRIVACY 6: consent', () => {
  it('is withdrawn at any time: the plays count no more, the chart follows though it is final, and each choice is kept', async () => {
    const [ana] = [await begin('ana', 'v1'), await begin('ben', 'v1'), await begin('cem', 'v1')]
    expect(await chartOf(3)).toMatchObject({ status: 'final' })
    const before = Date.now()
    await ana.patch('/v1/me/profile', { choices: { charts: false }, consentText: 'v2' })
    const after = Date.now()
    const { sessions } = (await ana.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
    const session = (await ana.get(`/v1/me/sessions/${sessions[0]?.key}`)).json<OwnSession>()
    expect(session.tracks.map(({ counted, whyNot }) => [counted, whyNot])).toEqual(
      session.tracks.map(() => [false, 'not-contributed']),
    )
    expect(await chartOf(2)).toMatchObject({ status: 'final' })

    const kept = (await ana.get('/v1/me/export'))
      .json<AccountExport>()
      .choices.filter(({ choice }) => choice === 'charts')
    expect(kept).toMatchObject([
      { value: true, consentText: 'v1' },
      { value: false, consentText: 'v2' },
    ])
    const chosenMs = Date.parse(kept[1]?.chosenAt ?? '')
    expect(chosenMs).toBeGreaterThanOrEqual(before)
    expect(chosenMs).toBeLessThanOrEqual(after)
    // Given again, everything counts again.
    await ana.patch('/v1/me/profile', { choices: { charts: true }, consentText: 'v3' })
    await chartOf(3)
  })
})

describe('PRIVACY 12: nobody under 16', () => {
  const BIRTH_DATE = '2015-03-09'
  const refused = (dj: ApiClient, code: string) =>
    waitFor('the refusal', async () => {
      const answer = await dj.post('/v1/sessions', { json: sessionOf('late') })
      return answer.status === 403 && answer.json()['code'] === code
    })

  it('is refused and erased, and comes back by an admin only; the birth date is in no file, log line or answer', async () => {
    const dj = await begin('zqyoung', 'v1')
    const answer = await dj.patch('/v1/me/profile', { displayName: 'zqbirthname', birthDate: BIRTH_DATE })
    expect([answer.status, answer.json()['code']]).toEqual([403, 'under-age'])
    await refused(dj, 'under-age')
    expect((await dj.patch('/v1/me/profile', { birthDate: '1990-01-01' })).status).toBe(403)
    await waitFor('the account to be empty', async () => {
      const held = (await dj.get('/v1/me/export')).json<AccountExport>()
      return held.sessions.length === 0 && held.profile.displayName === null
    })

    const answers = await Promise.all([
      ...['/v1/me/profile', '/v1/me/export', '/v1/me/sessions'].map((path) => dj.get(path)),
      ...['/v1/audit', '/v1/dead-letters', '/v1/accounts/zqyoung/export'].map((path) => admin.get(path)),
      anybody.get('/metrics'),
    ])
    const told = [answer, ...answers].map(({ text }) => text).concat(server.stdout(), server.stderr())
    for (const text of told) expect(text).not.toMatch(new RegExp(`${BIRTH_DATE}|zqbirthname`))
    const files = () => [...readAllFiles(server.dataDir)]
    const holding = (text: string) =>
      files().filter(([, bytes]) => encodingsOf(text).some((encoded) => bytes.includes(encoded)))
    for (const text of [BIRTH_DATE, 'birthDate', 'zqbirthname']) {
      expect(holding(text).map(([file]) => file)).toEqual([])
    }

    expect((await admin.delete('/v1/accounts/zqyoung/block')).status).toBe(202)
    await waitFor('the account to begin anew', async () => {
      return (await dj.patch('/v1/me/profile', { displayName: 'of age' })).status === 200
    })
    await waitFor('uploads', async () => (await dj.post('/v1/sessions', { json: sessionOf('1') })).status === 202)
  })

  it('stays where a guardian asks for removal: an admin erases the account, and a receipt tells how far that is', async () => {
    const dj = await begin('child', 'v1')
    const { status } = (await admin.delete('/v1/accounts/child')).json<{ status: string }>()
    await complete(status)
    await refused(dj, 'account-erased')
    expect((await dj.get('/v1/me/export')).json<AccountExport>().sessions).toEqual([])
  })
})

describe('PRIVACY 16: without a token', () => {
  it('nothing can be had but charts, tracks, playlists that are public, and receipts by their secret', async () => {
    const open = (await readOperations(server.address)).filter(
      ({ scopes, method }) => scopes.length === 0 && method !== 'HEAD',
    )
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      // Whether it is alive.
      'GET /sql/ping',
      'GET /v1/charts',
      'GET /v1/charts/{region}/{genre}/{period}',
      'GET /v1/charts/{region}/{genre}/{period}.csv',
      'GET /v1/erasures/{receipt}',
      'GET /v1/playlists/{publicId}',
      // In what charts show.
      'GET /v1/search',
      'GET /v1/tracks/{trackId}',
    ])
  })

  it('charts and tracks tell numbers of accounts and plays, and nothing of one account', async () => {
    const chart = (await anybody.get(CHART)).json<Chart>()
    const members = [...new Set(chart.entries.flatMap((entry) => Object.keys(entry)))].sort()
    expect(members).toEqual(
      ['rank', 'previousRank', 'peakRank', 'periodsOnChart', 'movement', 'track', 'djs', 'plays'].sort(),
    )
    for (const { djs } of chart.entries) expect(djs).toBeGreaterThanOrEqual(2)
    const track = (await anybody.get(`/v1/tracks/${chart.entries[0]?.track.id}`)).text
    for (const text of [JSON.stringify(chart), track]) expect(text).not.toMatch(/ana|ben|cem|history|Serato/)
  })

  it('a list of playlists or of accounts there is not, nor one more that is not public', async () => {
    for (const path of ['/v1/playlists', '/v1/accounts', '/v1/sessions', '/playlists', '/v1/erasures']) {
      expect((await anybody.get(path)).status, path).not.toBe(200)
    }
  })
})
