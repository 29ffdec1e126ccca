import { join } from 'node:path'
import fc from 'fast-check'
import type { Static } from 'typebox'
import { expect, it } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import type { OwnSessionList, Session, UploadResult } from '#schemas/records/session.ts'
import { publishedCharts, readHistory } from '../model/chart-model.ts'
import { expectChartsOverHttp, settled } from '../model/charts-over-http.ts'
import { expectSameRows } from '../model/same-as-model.ts'
import { newDataDir, quickCharts, type RunningServer, startServer, stopServer } from '../support/start-server.ts'
import { storedPseudonyms } from '../support/stored-pseudonyms.ts'
import { waitFor } from '../support/wait-for.ts'

const KILLS = 20
const SESSIONS = 2_000
const ACCOUNTS = 8
const SESSIONS_PER_REQUEST = 10
const DELAY_MS_MAX = 1_500

const seed = Number(process.env['KILL_SEED'] ?? 20_260_613)
const settings = { ...quickCharts, CHART_MIN_DJS: '1', UPLOADS_PER_MINUTE: '1000000', LOG_LEVEL: 'error' }
const rules = { minimumDjs: 1, playsPerDj: 10 }

const accountOf = (index: number) => `dj-${index}`
const locations = [{ country: 'NZ', subdivision: 'NZ-AUK' }, { country: 'NZ' }, { country: 'DE' }, {}]

/** The sessions of one request: every fourth sends the sessions of the one before again, with fewer tracks. */
function sessionsOf(account: number, request: number): Session[] {
  const isAgain = request % 4 === 3
  return Array.from({ length: SESSIONS_PER_REQUEST }, (_, place) => {
    const number = (isAgain ? request - 1 : request) * SESSIONS_PER_REQUEST + place
    const startMs = Date.UTC(2026, 0, 5) + ((number * 7_919 + account * 104_729) % 1_000) * 600_000
    const length = isAgain ? 2 : 3 + (number % 4)
    return {
      id: String(number),
      startedAt: new Date(startMs).toISOString(),
      tracks: Array.from({ length }, (_, index) => ({
        id: String(index),
        startedAt: new Date(startMs + index * 240_000).toISOString(),
        playedSeconds: 200,
        tags: {
          artist: `Harbour ${(number * 31 + index * 7) % 40}`,
          title: 'Lantern',
          genre: index % 2 === 0 ? 'House' : 'Jazz',
        },
      })),
    }
  })
}

it('keeps every accepted session once, and no other, through 20 kills at random moments', async () => {
  const dataDir = newDataDir()
  const delays = fc.sample(fc.nat({ max: DELAY_MS_MAX }), { numRuns: KILLS, seed })
  console.log(`seed ${seed}: kills after ${delays.join(', ')} ms of uploading`)

  let server: RunningServer = await startServer({ dataDir, settings })
  /** Sessions that may be sent in this life of the process. */
  let allowance = 0
  const unanswered = { requests: 0 }
  const accepted: AccountEvent[][] = []
  const pseudonyms = await storedPseudonyms(dataDir)

  /** Sends until there is an answer, to whichever process then serves. */
  async function answered<T>(send: (at: RunningServer) => Promise<T>): Promise<T> {
    for (;;) {
      const at = server
      try {
        return await send(at)
      } catch {
        unanswered.requests += 1
        await waitFor('another process to send to', () => server !== at, 60_000)
      }
    }
  }

  async function uploadAll(account: number): Promise<void> {
    const name = accountOf(account)
    const owner = pseudonyms.owner(name)
    const events: AccountEvent[] = []
    accepted.push(events)
    const patch = { choices: { charts: true }, location: locations[account % locations.length] ?? {} }
    const changed = await answered(async (at) => (await at.api(name)).patch('/v1/me/profile', patch))
    expect(changed.status).toBe(200)
    events.push({ v: 1, type: 'profile-change', owner, at: Date.now(), patch })
    for (let request = 0; request * SESSIONS_PER_REQUEST < SESSIONS / ACCOUNTS; request += 1) {
      await waitFor('the next life', () => allowance > 0, 90_000)
      allowance -= SESSIONS_PER_REQUEST
      const sessions = sessionsOf(account, request)
      const refused =
        request % 3 === 0 ? [{ ...sessions[0], id: `refused-${request}`, tracks: [{ id: '1', deck: -1 }] }] : []
      const answer = await answered(async (at) =>
        (await at.api(name)).post('/v1/sessions', { json: { sessions: [...refused, ...sessions] } }),
      )
      expect(answer.status).toBe(202)
      const result = answer.json<UploadResult>()
      expect(result.rejected).toHaveLength(refused.length)
      const keys = new Map(result.accepted.map(({ id, key }) => [id, key]))
      for (const session of sessions) {
        const key = keys.get(session.id) ?? ''
        events.push({ v: 1, type: 'session-put', owner, at: Date.now(), key, session })
      }
    }
  }

  const uploads = Promise.all(Array.from({ length: ACCOUNTS }, (_, account) => uploadAll(account)))
  const found = { lags: 0, builds: 0 }
  for (const delayMs of delays) {
    allowance += SESSIONS / KILLS
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    await stopServer(server, 'SIGKILL')
    const left = await whatIsLeft(dataDir)
    if (left.lag > 0) found.lags += 1
    if (left.marksOfBuild > 0) found.builds += 1
    server = await startServer({ dataDir, settings })
  }
  allowance = Number.POSITIVE_INFINITY
  await uploads
  console.log(
    `${unanswered.requests} requests without an answer, ${found.lags} kills before ingest was done, ${found.builds} within a build`,
  )

  const model = readHistory(accepted.flat())
  const charts = publishedCharts(model, rules)
  for (const account of Array.from({ length: ACCOUNTS }, (_, index) => index)) {
    const client = await server.api(accountOf(account))
    const expected = [...model.sessions.values()].filter(({ owner }) => owner === pseudonyms.owner(accountOf(account)))
    const list = async () => {
      const rows: string[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const query: string = cursor === '' ? '' : `&cursor=${cursor}`
        const page = (await client.get(`/v1/me/sessions?limit=100${query}`)).json<OwnSessions>()
        rows.push(...page.sessions.map(({ key, trackCount }) => `${key} ${trackCount}`))
        cursor = page.next
      }
      return rows.sort()
    }
    const expectedRows = expected.map(({ key, session }) => `${key} ${session.tracks.length}`).sort()
    await settled(async () => JSON.stringify(await list()) === JSON.stringify(expectedRows))
    expect(await list()).toEqual(expectedRows)
  }

  await expectChartsOverHttp(await server.api(), charts)

  expect((await stopServer(server)).status).toBe(0)
  const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
  const connection = store.connect('site')
  await expectSameRows(connection, model, await storedPseudonyms(dataDir, connection))
  await store.close()

  // Kills that hit nothing would show nothing.
  expect(unanswered.requests).toBeGreaterThan(0)
  expect(found.lags).toBeGreaterThan(2)
  expect(found.builds).toBeGreaterThan(2)
})

type OwnSessions = Static<typeof OwnSessionList>

/** What a killed process left undone, read from its folder. */
async function whatIsLeft(dataDir: string): Promise<{ lag: number; marksOfBuild: number }> {
  const log = openEmbeddedEventLog({ folder: join(dataDir, 'log'), clock: Date.now })
  const lag = await log.lag('ingest')
  await log.close()
  const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
  const [row] = await store.connect('site').rows<{ marks: string }>('SELECT count() AS marks FROM charts.build_marks')
  await store.close()
  return { lag, marksOfBuild: Number(row?.marks ?? 0) }
}
