/**
 * Uploads, choices and erasures of many accounts in random order, with kills in between, against a model: nothing of an
 * erased account outlives it, nothing of another is lost (PRIVACY 10).
 */
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import type { Session, UploadResult } from '#schemas/records/session.ts'
import { readHistory } from '../model/chart-model.ts'
import { expectSameRows } from '../model/same-as-model.ts'
import type { ApiAnswer } from '../support/api-client.ts'
import { readAllFiles, readAllLogEntries, readAllTables } from '../support/data-folder.ts'
import { newDataDir, quickCharts, type RunningServer, startServer, stopServer } from '../support/start-server.ts'
import { storedPseudonyms } from '../support/stored-pseudonyms.ts'
import { waitFor } from '../support/wait-for.ts'

const KILLS = 6
const ACCOUNTS = 8
const OPERATIONS = 24
const DELAY_MS_MAX = 2_500

const seed = Number(process.env['KILL_SEED'] ?? 20_261_122)
const settings = { ...quickCharts, CHART_MIN_DJS: '1', UPLOADS_PER_MINUTE: '1000000', LOG_LEVEL: 'error' }

type Operation = 'upload' | 'again' | 'leave-out' | 'delete' | 'withdraw' | 'consent' | 'erase'

const operations = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<Operation>('upload') },
    { weight: 2, arbitrary: fc.constant<Operation>('again') },
    { weight: 2, arbitrary: fc.constant<Operation>('leave-out') },
    { weight: 2, arbitrary: fc.constant<Operation>('delete') },
    { weight: 1, arbitrary: fc.constant<Operation>('withdraw') },
    { weight: 3, arbitrary: fc.constant<Operation>('consent') },
    { weight: 3, arbitrary: fc.constant<Operation>('erase') },
  ),
  { minLength: OPERATIONS, maxLength: OPERATIONS },
)

const accountOf = (index: number) => `dj-${index}`
/** Occurs in every text that an account sends before its next erasure. */
const markOf = (account: number, life: number) => `zq${account}life${life}end`

function sessionOf(account: number, life: number, number: number): Session {
  const startMs = Date.UTC(2026, 0, 5) + ((number * 7_919 + account * 104_729) % 500) * 600_000
  const mark = markOf(account, life)
  return {
    id: String(number),
    name: `${mark} set`,
    startedAt: new Date(startMs).toISOString(),
    tracks: Array.from({ length: 2 + (number % 3) }, (_, index) => ({
      id: String(index),
      startedAt: new Date(startMs + index * 240_000).toISOString(),
      playedSeconds: 200,
      tags: { artist: `Artist ${mark}`, title: `Lantern ${index}`, genre: 'House' },
    })),
  }
}

it('leaves nothing of an erased account and loses nothing of another, through kills at random moments', async () => {
  const dataDir = newDataDir()
  const delays = fc.sample(fc.nat({ max: DELAY_MS_MAX }), { numRuns: KILLS, seed })
  const plans = fc.sample(operations, { numRuns: ACCOUNTS, seed })
  console.log(`seed ${seed}: kills after ${delays.join(', ')} ms`)

  let server: RunningServer = await startServer({ dataDir, settings })
  const pseudonyms = await storedPseudonyms(dataDir)
  const events: AccountEvent[][] = []
  const receipts: string[] = []
  /** Texts of lives that ended with an erasure. */
  const gone: string[] = []
  /** Texts of the lives that go on; what is sent between an erasure and the new beginning has the same. */
  const living = new Set<string>()
  let unanswered = 0
  let isOver = false
  let done = 0

  /** Sends until there is an answer, to whichever process then serves. */
  async function answered(account: number, method: string, path: string, json?: unknown): Promise<ApiAnswer> {
    for (;;) {
      const at = server
      try {
        const client = await at.api(accountOf(account))
        return await client.request(method, path, json === undefined ? {} : { json })
      } catch {
        unanswered += 1
        // Nobody ends the last one.
        if (isOver) throw new Error(`the service has ended: ${at.stderr()}`)
        await waitFor('another process to send to', () => server !== at, 60_000)
      }
    }
  }

  async function live(account: number, plan: readonly Operation[]): Promise<void> {
    const owner = pseudonyms.owner(accountOf(account))
    const mine: AccountEvent[] = []
    events.push(mine)
    const envelope = () => ({ v: 1 as const, owner, at: Date.now() })
    let life = 0
    let number = 0
    let isClosed = false

    async function changeProfile(charts: boolean): Promise<void> {
      const patch = { displayName: markOf(account, life), choices: { charts }, location: { country: 'NZ' } }
      const answer = await answered(account, 'PATCH', '/v1/me/profile', patch)
      expect(answer.status).toBe(200)
      mine.push({ ...envelope(), type: 'profile-change', patch })
      isClosed = false
    }

    await changeProfile(true)
    for (const operation of plan) {
      if (operation === 'upload' || operation === 'again') {
        if (operation === 'upload' || number === 0) number += 1
        const session = sessionOf(account, life, number)
        // After a new beginning uploads may be refused until ingest has come so far; they are then sent again.
        const answer = await waitFor(
          'the upload to be taken',
          async () => {
            const one = await answered(account, 'POST', '/v1/sessions', session)
            return (one.status !== 403 || isClosed) && one
          },
          60_000,
        )
        // What comes after the erasure is refused, or for some seconds taken and dropped.
        if (isClosed) {
          expect([202, 403]).toContain(answer.status)
          gone.push(markOf(account, life))
        } else expect(answer.status, answer.text).toBe(202)
        if (answer.status !== 202) continue
        const key = answer.json<UploadResult>().accepted[0]?.key ?? ''
        mine.push({ ...envelope(), type: 'session-put', key, session })
      } else if (operation === 'leave-out' && number > 0) {
        const choices = { contributeToCharts: false }
        const answer = await answered(account, 'PATCH', `/v1/sessions/${number}`, choices)
        expect(answer.status).toBe(202)
        mine.push({ ...envelope(), type: 'session-choices', ref: String(number), choices })
      } else if (operation === 'delete' && number > 0) {
        const answer = await answered(account, 'DELETE', `/v1/sessions/${number}`)
        expect(answer.status).toBe(202)
        mine.push({ ...envelope(), type: 'session-delete', ref: String(number) })
      } else if (operation === 'erase') {
        const answer = await answered(account, 'DELETE', '/v1/me')
        expect(answer.status).toBe(202)
        receipts.push(answer.json<{ status: string }>().status)
        mine.push({ ...envelope(), type: 'account-erased', receiptHash: '' })
        gone.push(markOf(account, life))
        life += 1
        isClosed = true
      } else if (operation === 'consent' || operation === 'withdraw') await changeProfile(operation === 'consent')
      done += 1
    }
    if (!isClosed) living.add(markOf(account, life))
  }

  const lives = Promise.all(plans.map((plan, account) => live(account, plan)))
  for (const delayMs of delays) {
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    await stopServer(server, 'SIGKILL')
    server = await startServer({ dataDir, settings })
  }
  isOver = true
  await lives
  console.log(`${done} operations, ${receipts.length} erasures, ${unanswered} requests without an answer`)

  const anybody = await server.api()
  for (const path of receipts) {
    const status = await waitFor(
      'an erasure to be complete',
      async () => {
        const answer = (await anybody.get(path)).json<ErasureStatus>()
        return answer.state === 'complete' && answer
      },
      60_000,
    )
    expect(Object.values(status.rowsLeft).every((rows) => rows === 0)).toBe(true)
  }

  const model = readHistory(events.flat())
  const expected = [...model.sessions.values()].map(({ key }) => key).sort()
  await waitFor(
    'ingest to be done',
    async () => {
      const metrics = await Promise.all(
        plans.map(async (_, account) => {
          const answer = await (await server.api(accountOf(account))).get('/v1/me/sessions?limit=1000')
          return answer.json<{ sessions: { key: string }[] }>().sessions.map(({ key }) => key)
        }),
      )
      return JSON.stringify(metrics.flat().sort()) === JSON.stringify(expected)
    },
    30_000,
  ).catch(() => undefined)
  expect((await stopServer(server)).status).toBe(0)

  const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
  const connection = store.connect('site')
  await expectSameRows(connection, model, await storedPseudonyms(dataDir, connection))
  await store.close()

  const marks = [...new Set(gone)].filter((mark) => !living.has(mark))
  expect(marks.length).toBeGreaterThan(ACCOUNTS)
  for (const [file, bytes] of readAllFiles(dataDir)) {
    expect(
      marks.filter((mark) => bytes.includes(mark)),
      file,
    ).toEqual([])
  }
  for (const [table, text] of await readAllTables(dataDir)) {
    expect(
      marks.filter((mark) => text.includes(mark)),
      table,
    ).toEqual([])
  }
  const entries = Buffer.concat(await readAllLogEntries(dataDir))
  expect(marks.filter((mark) => entries.includes(mark))).toEqual([])
  // Kills that hit nothing would show nothing.
  expect(unanswered).toBeGreaterThan(0)
})
