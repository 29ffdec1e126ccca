/**
 * Unique marks in every field that an account can send: what is never kept occurs nowhere, and after an erasure nothing of
 * the account does (PRIVACY 4, 6, 8, 10).
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Chart } from '#schemas/records/chart.ts'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import type { OwnSessionSummary } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { encodingsOf, readAllFiles, readAllLogEntries, readAllTables } from '../support/data-folder.ts'
import { sessionOf } from '../support/session-of.ts'
import { BUSY_MS_MAX, quickCharts, type RunningServer, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { frame, id3Block, textFrame } from '../upload/id3-block.ts'

// One word each: what is shown of a text may be spelled and punctuated otherwise.
const ACCOUNT = 'zqaccount@example.com'

/** Marks of what is kept for its DJ. */
const kept = [
  ...['displayname', 'city', 'consenttext', 'sessionname', 'sessionid', 'historyid', 'exportid', 'software', 'version'],
  ...['os', 'processor', 'computer', 'trackid', 'title', 'artist', 'album', 'genre', 'label', 'key', 'remixer'],
  ...['composer', 'filename'],
].map((field) => `zq${field}`)

/** Genres that the tree does not know are reported once enough DJs, here one, have them. */
const neverLogged = kept.filter((one) => one !== 'zqgenre')

/** Marks of what is dropped at the door. */
const neverKept = [
  ...['folder', 'comment', 'picture', 'frame', 'unknown', 'unknowntrack', 'unknowntag', 'unknownprofile', 'private'],
].map((field) => `zqnever${field}`)

const mark = (field: string) => `zq${field}`
const never = (field: string) => `zqnever${field}`

/** An ID3 block with a comment, a picture, a private frame and a text frame of one's own. */
const id3 = id3Block([
  textFrame('TPE1', mark('artist')),
  frame('COMM', Buffer.concat([Buffer.from([3]), Buffer.from(`eng\0${never('comment')}\0`)])),
  frame('APIC', Buffer.concat([Buffer.from('\0image/png\0\x03\0'), Buffer.from(never('picture'))])),
  frame('PRIV', `owner\0${never('private')}`),
  frame('TXXX', Buffer.concat([Buffer.from([3]), Buffer.from(`own\0${never('frame')}`)])),
]).toString('base64')

const session = {
  id: mark('sessionid'),
  historyId: mark('historyid'),
  exportId: mark('exportid'),
  software: { name: mark('software'), version: mark('version'), unknown: never('unknown') },
  system: { os: mark('os'), processor: mark('processor'), computerType: mark('computer') },
  name: mark('sessionname'),
  startedAt: '2024-02-14T20:00:00Z',
  visibility: 'public',
  unknownMember: never('unknown'),
  tracks: [
    {
      id: mark('trackid'),
      startedAt: '2024-02-14T20:01:00Z',
      playedSeconds: 200,
      unknownMember: never('unknowntrack'),
      id3,
      tags: {
        title: mark('title'),
        album: mark('album'),
        genre: mark('genre'),
        label: mark('label'),
        key: mark('key'),
        remixer: mark('remixer'),
        composer: mark('composer'),
        fileName: `/home/${never('folder')}/${mark('filename')}.mp3`,
        comment: never('comment'),
        unknownTag: never('unknowntag'),
      },
    },
    // Shared with somebody else, so that a chart is left to be made without the account.
    ...sessionOf('1').tracks,
  ],
}

const profile = {
  displayName: mark('displayname'),
  location: { country: 'NZ', city: mark('city') },
  choices: { charts: true },
  consentText: mark('consenttext'),
  unknownMember: never('unknownprofile'),
}

const CHART = '/v1/charts/NZ/all/2024-W07'

/** Which of the marks occur in some bytes, as they came or as a chart spells them. */
function marksIn(bytes: Buffer, marks: readonly string[]): string[] {
  const spellings = (one: string) => [one, `${one.slice(0, 1).toUpperCase()}${one.slice(1)}`]
  return marks.filter((one) =>
    spellings(one)
      .flatMap(encodingsOf)
      .some((encoded) => bytes.includes(encoded)),
  )
}

describe('the marks of an account', () => {
  let server: RunningServer
  let dj: ApiClient
  let anybody: ApiClient
  let publicId: string
  let titleTrack: string
  /** Everything that the server answered. */
  const answers: Buffer[] = []

  /** The files of the data folder in which a mark occurs, with the marks. */
  const filesWith = (marks: readonly string[]) =>
    [...readAllFiles(server.dataDir)].flatMap(([file, bytes]) => {
      const found = marksIn(bytes, marks)
      return found.length === 0 ? [] : [{ file, found }]
    })

  const publicPaths = () => [
    CHART,
    `${CHART}.csv`,
    `/charts/NZ/all/2024-W07`,
    '/',
    '/v1/charts',
    `/v1/tracks/${titleTrack}`,
    `/tracks/${titleTrack}`,
    `/v1/playlists/${publicId}`,
    `/playlists/${publicId}`,
    '/metrics',
  ]

  async function ask(client: ApiClient, path: string): Promise<number> {
    const answer = await client.get(path)
    answers.push(Buffer.from(JSON.stringify([...answer.headers])), answer.bytes)
    return answer.status
  }

  /** All that analysts see. */
  async function readForAnalysts(): Promise<Buffer> {
    const analyst = await server.api('eva', 'analyst')
    const tables = ['charts', 'track_weeks', 'tag_weeks', 'transition_weeks']
    const answers = await Promise.all(
      tables.map(async (table) => {
        const query = encodeURIComponent(`SELECT * FROM analytics.${table} FORMAT JSONEachRow`)
        const answer = await analyst.get(`/sql/?query=${query}`)
        expect(answer.status, answer.text).toBe(200)
        return answer.bytes
      }),
    )
    return Buffer.concat(answers)
  }

  beforeAll(async () => {
    // One DJ is enough for a chart here, so that the marks get as far as anything can.
    server = await startServer({
      settings: { ...quickCharts, CHART_MIN_DJS: '1', ANALYTICS_MIN_DJS: '1', LOG_LEVEL: 'trace' },
    })
    dj = await server.api(ACCOUNT)
    anybody = await server.api()
    const other = await server.api('other')
    await other.patch('/v1/me/profile', { location: { country: 'NZ' }, choices: { charts: true } })
    await other.post('/v1/sessions', { json: sessionOf('1') })
    const consent = await dj.patch('/v1/me/profile', profile)
    const upload = await dj.post('/v1/sessions', { json: session })
    expect([consent.status, upload.status, upload.json()]).toMatchObject([200, 202, { rejected: [] }])
    // The same again, and an edit: versions that are replaced.
    await dj.post('/v1/sessions', { json: { ...session, endedAt: '2024-02-14T22:00:00Z' } })
    const chart = await waitFor(
      'the chart of both',
      async () => {
        const answer = await anybody.get(CHART)
        return answer.status === 200 && answer.text.includes(mark('label')) && answer.json<Chart>()
      },
      BUSY_MS_MAX,
    )
    await waitFor('the chart of the year', async () => (await anybody.get('/v1/charts/world/all/2024')).status === 200)
    titleTrack = chart.entries.find(({ track }) => track.label === mark('label'))?.track.id ?? ''
    const { sessions } = (await dj.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
    publicId = sessions[0]?.publicId ?? ''
  })

  it('are shown to their DJ, and those of a public session and of charts to everybody, before the erasure', async () => {
    for (const path of ['/v1/me/profile', '/v1/me/sessions', '/v1/me/export']) expect(await ask(dj, path)).toBe(200)
    for (const path of publicPaths()) expect(await ask(anybody, path), path).toBe(200)
    const shown = Buffer.concat(answers)
    // The version of the text that was shown is in the export, the others in the session and the profile.
    expect(marksIn(shown, kept)).toEqual(kept)
  })

  it('are shown to analysts where they are of tracks and equipment, and no others', async () => {
    const seen = await waitFor('the marks in the tables of analysts', async () => {
      const answer = await readForAnalysts()
      return marksIn(answer, ['zqos']).length > 0 && answer
    })
    expect(marksIn(seen, [...kept, ...neverKept, ACCOUNT])).toEqual(
      ['software', 'os', 'title', 'artist', 'genre', 'label', 'remixer'].map(mark),
    )
  })

  it('of what is never kept occur in no file, no log line and no answer, and the account id nowhere (PRIVACY 4)', () => {
    expect(filesWith([...neverKept, ACCOUNT])).toEqual([])
    for (const output of [server.stdout(), server.stderr()]) {
      expect(marksIn(Buffer.from(output), [...neverKept, ...neverLogged, ACCOUNT])).toEqual([])
    }
    expect(marksIn(Buffer.concat(answers), [...neverKept, ACCOUNT])).toEqual([])
    // The search finds what is there.
    expect(filesWith([mark('displayname')])).not.toEqual([])
  })

  it('occur nowhere once the receipt says complete, and no row is left (PRIVACY 10)', async () => {
    const asked = await dj.delete('/v1/me')
    expect([asked.status, Object.keys(asked.json())]).toEqual([202, ['receipt', 'status']])
    const { receipt, status: path } = asked.json<{ receipt: string; status: string }>()
    const status = await waitFor(
      'the erasure to be complete',
      async () => {
        const answer = (await anybody.get(path)).json<ErasureStatus>()
        return answer.state === 'complete' && answer
      },
      BUSY_MS_MAX,
    )
    expect(status).toMatchObject({ receipt, state: 'complete' })
    expect(Object.keys(status.rowsLeft)).toEqual(expect.arrayContaining(['playlists.sessions', 'charts.contributions']))
    expect(Object.values(status.rowsLeft).filter((rows) => rows > 0)).toEqual([])
    expect(status.chartsRebuilt).toEqual(
      expect.arrayContaining(['NZ/all/2024-W07', 'world/all/2024', 'oceania/all/2024-02']),
    )
    expect(Date.parse(status.logExpiresAt ?? '')).toBeLessThanOrEqual(Date.parse(status.completedAt ?? ''))

    expect(filesWith([...kept, ...neverKept, ACCOUNT])).toEqual([])
    for (const output of [server.stdout(), server.stderr()]) {
      expect(marksIn(Buffer.from(output), [...neverLogged, ...neverKept, ACCOUNT, receipt])).toEqual([])
    }
  })

  it('are on no public page any more, and the pages answer as if they had never been', async () => {
    const gone = [
      `/v1/tracks/${titleTrack}`,
      `/v1/playlists/${publicId}`,
      `/playlists/${publicId}`,
      `/tracks/${titleTrack}`,
    ]
    for (const path of gone) expect((await anybody.get(path)).status, path).toBe(404)
    for (const path of publicPaths()) expect(marksIn((await anybody.get(path)).bytes, kept), path).toEqual([])
    expect(marksIn(await readForAnalysts(), kept)).toEqual([])
    expect((await anybody.get(CHART)).json<Chart>().chart.djs).toBe(1)
    const own = await dj.get('/v1/me/export')
    expect(marksIn(own.bytes, kept)).toEqual([])
  })

  it('do not come back by an upload, which is refused until the DJ begins anew by the profile', async () => {
    const refused = await waitFor('the refusal', async () => {
      const answer = await dj.post('/v1/sessions', { json: session })
      return answer.status === 403 && answer
    })
    expect(refused.json()).toMatchObject({ code: 'account-erased' })
    expect(filesWith(kept)).toEqual([])
    expect((await dj.patch('/v1/me/profile', { displayName: 'anew' })).status).toBe(200)
    const taken = await dj.post('/v1/sessions', { json: sessionOf('anew') })
    expect([taken.status, taken.json()]).toMatchObject([202, { accepted: [{ id: 'anew' }] }])
    await waitFor('the new session', async () => {
      const { sessions } = (await dj.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
      return sessions.length === 1
    })
  })

  it('are in no table and no entry of the log, read back whole', async () => {
    await stopServer(server)
    for (const [table, text] of await readAllTables(server.dataDir)) {
      expect(marksIn(Buffer.from(text), [...kept, ...neverKept, ACCOUNT]), table).toEqual([])
    }
    const entries = Buffer.concat(await readAllLogEntries(server.dataDir))
    expect(entries.includes('anew')).toBe(true)
    expect(marksIn(entries, [...kept, ...neverKept, ACCOUNT])).toEqual([])
    expect(filesWith([...kept, ...neverKept, ACCOUNT])).toEqual([])
  })
})
