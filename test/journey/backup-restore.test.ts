import { renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Static } from 'typebox'
import { expect, it } from 'vitest'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import type { Chart } from '#schemas/records/chart.ts'
import type { OwnSession, OwnSessionList as OwnSessionListSchema, OwnSessionSummary } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { readAllFiles, readAllLogEntries, readAllTables } from '../support/data-folder.ts'
import { sessionOf } from '../support/session-of.ts'
import {
  BUSY_MS_MAX,
  newDataDir,
  quickCharts,
  type RunningServer,
  runProgram,
  startServer,
  stopServer,
} from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

type OwnSessionList = Static<typeof OwnSessionListSchema>

const settings = { ...quickCharts, CHART_MIN_DJS: '2', UPLOADS_PER_MINUTE: '1000000' }
const CHART = '/v1/charts/NZ/house/2024-W07'
/** Week after week, so that what comes during the backup is in no chart that is compared. */
const LATER = '2024-06-01T20:00:00Z'
const accounts = ['ana', 'ben', 'cleo']
/** Stands in every text that an account sends, and nowhere else. */
const markOf = (account: string) => `Zq${account}7w`

function markedSession(account: string, id: string, startedAt?: string) {
  const session = sessionOf(id, startedAt === undefined ? {} : { startedAt })
  const own = { id: '9', startedAt: session.startedAt, playedSeconds: 200 }
  const tags = {
    artist: `Artist ${markOf(account)}`,
    title: `Title ${markOf(account)}`,
    fileName: `${markOf(account)}.mp3`,
  }
  return { ...session, name: `Night ${markOf(account)} ${id}`, tracks: [...session.tracks, { ...own, tags }] }
}

async function listSessions(client: ApiClient): Promise<OwnSessionSummary[]> {
  const sessions: OwnSessionSummary[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`
    const page = (await client.get(`/v1/me/sessions?limit=100${query}`)).json<OwnSessionList>()
    sessions.push(...page.sessions)
    cursor = page.next
  }
  return sessions.sort((one, other) => (one.id < other.id ? -1 : 1))
}

async function chartOf(server: RunningServer, djs: number): Promise<Chart> {
  const anybody = await server.api()
  const ask = async () => {
    const answer = await anybody.get(CHART)
    const chart = answer.status === 200 && answer.json<Chart>()
    return chart && chart.chart.djs === djs && chart
  }
  return await waitFor(`a chart of ${djs} DJs`, ask, BUSY_MS_MAX)
}

/** What a chart shows, but for what differs from one building of it to the next. */
function contentOf({ chart, entries }: Chart): unknown {
  const { revision: _, builtAt: __, ...content } = chart
  return { content, entries }
}

/** Sends sessions one after the other until it is told to stop; answers how many were accepted. */
function keepUploading(client: ApiClient): { accepted(): number; stop(): Promise<number> } {
  let accepted = 0
  let isStopped = false
  const running = (async () => {
    for (; !isStopped; accepted += 1) {
      const id = `later-${String(accepted).padStart(5, '0')}`
      expect((await client.post('/v1/sessions', { json: markedSession('ben', id, LATER) })).status).toBe(202)
    }
    return accepted
  })()
  return {
    accepted: () => accepted,
    stop: () => {
      isStopped = true
      return running
    },
  }
}

it('restores what was accepted before a backup, and keeps erased who was erased after it (PRIVACY 10)', async () => {
  const dataDir = newDataDir()
  const backups = join(dirname(dataDir), 'backups')
  const server = await startServer({ dataDir, settings })
  const clients = new Map<string, ApiClient>()
  for (const account of accounts) {
    const client = await server.api(account)
    clients.set(account, client)
    const profile = { displayName: `DJ ${markOf(account)}`, location: { country: 'NZ' }, choices: { charts: true } }
    expect((await client.patch('/v1/me/profile', profile)).status).toBe(200)
    const sessions = ['1', '2', '3'].map((id) => markedSession(account, id))
    expect((await client.post('/v1/sessions', { json: { sessions } })).status).toBe(202)
  }
  const clientOf = (account: string) => clients.get(account) ?? expect.unreachable()
  await chartOf(server, 3)
  const [first] = await listSessions(clientOf('cleo'))
  await clientOf('cleo').patch(`/v1/sessions/${first?.key}`, { visibility: 'public' })
  const publicId = await waitFor('a public session', async () => {
    const session = (await clientOf('cleo').get(`/v1/me/sessions/${first?.key}`)).json<OwnSession>()
    return session.publicId
  })
  const anasSession = await clientOf('ana').get(`/v1/me/sessions/${(await listSessions(clientOf('ana')))[0]?.key}`)

  // Ben goes on uploading all the while.
  const uploads = keepUploading(clientOf('ben'))
  await waitFor('uploads on their way', () => uploads.accepted() > 20)
  const acceptedBefore = uploads.accepted()
  const backup = await runProgram('services/standalone/backup/main.ts', [backups], { DATA_DIR: dataDir })
  expect(backup).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^Backup made: \S+ \(\d+ files/),
  })
  const sentAfter = (await uploads.stop()) + 1
  expect(sentAfter).toBeGreaterThan(acceptedBefore + 1)

  // Nothing of anybody can be read in the backup.
  const pseudonyms = createPseudonyms(readMasterKey({ file: join(dataDir, 'keys', 'master.key'), mayCreate: false }))
  const files = readAllFiles(backups)
  expect(files.size).toBe(2)
  for (const bytes of files.values()) {
    for (const account of accounts) {
      for (const mark of [markOf(account), pseudonyms.owner(account)]) expect(bytes.includes(mark)).toBe(false)
    }
  }

  // Ana sends one more, which is lost with this data folder; Cleo is erased.
  await clientOf('ana').post('/v1/sessions', { json: markedSession('ana', 'lost', LATER) })
  const erasure = (await clientOf('cleo').delete('/v1/me')).json<{ status: string }>()
  await waitFor(
    'the erasure',
    async () => (await clientOf('cleo').get(erasure.status)).json<{ state: string }>().state !== 'accepted',
    BUSY_MS_MAX,
  )
  const chartWithout = await chartOf(server, 2)
  await stopServer(server, 'SIGKILL')
  // The machine is gone; keys and ledger were kept apart.
  const kept = join(dirname(dataDir), 'kept')
  renameSync(dataDir, kept)

  const newFolder = newDataDir()
  const ledger = join(kept, 'ledger', 'erasures.ndjson')
  const restore = await runProgram(
    'services/standalone/restore/main.ts',
    [backups, '--keys', join(kept, 'keys'), '--ledger', ledger],
    { DATA_DIR: newFolder, LOG_LEVEL: 'warn' },
  )
  expect(restore).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(
      /^Restored \S+, made \S+, into .*\nErasures since then that were applied again: 1\n$/,
    ),
  })

  // Before it ever serves, nothing of Cleo is left.
  const cleo = pseudonyms.owner('cleo')
  const suppression = ['playlists.account_states', 'playlists.erasures']
  for (const [table, rows] of await readAllTables(newFolder)) {
    expect(rows.includes(markOf('cleo')), table).toBe(false)
    if (!suppression.includes(table)) expect(rows.includes(cleo), table).toBe(false)
  }
  expect((await readAllLogEntries(newFolder)).some((entry) => entry.includes(markOf('cleo')))).toBe(false)
  for (const [file, bytes] of readAllFiles(newFolder)) expect(bytes.includes(markOf('cleo')), file).toBe(false)

  const restored = await startServer({ dataDir: newFolder, settings })
  const erased = await restored.api('cleo')
  expect(await listSessions(erased)).toEqual([])
  expect((await erased.get('/v1/me/profile')).json()).toMatchObject({ displayName: null, choices: { charts: false } })
  expect((await erased.post('/v1/sessions', { json: sessionOf('4') })).status).toBe(403)
  expect((await erased.get(`/v1/playlists/${publicId}`)).status).toBe(404)
  await waitFor(
    'the end of the erasure',
    async () => (await erased.get(erasure.status)).json<{ state: string }>().state === 'complete',
    BUSY_MS_MAX,
  )
  expect(contentOf(await chartOf(restored, 2))).toEqual(contentOf(chartWithout))

  const ana = await restored.api('ana')
  expect((await listSessions(ana)).map(({ id }) => id)).toEqual(['1', '2', '3'])
  expect((await ana.get(`/v1/me/sessions/${anasSession.json<OwnSession>().key}`)).json()).toEqual(anasSession.json())
  // A backup is one moment: what Ben had sent until then, and nothing behind a gap.
  const ben = await restored.api('ben')
  const later = (await listSessions(ben)).map(({ id }) => id).filter((id) => id.startsWith('later-'))
  expect(later).toEqual(later.map((_, index) => `later-${String(index).padStart(5, '0')}`))
  expect(later.length).toBeGreaterThanOrEqual(acceptedBefore)
  expect(later.length).toBeLessThanOrEqual(sentAfter)

  // And it goes on: what comes now is newer than all that was restored.
  const again = markedSession('ana', '1')
  await ana.post('/v1/sessions', { json: { ...again, name: 'Sent again' } })
  await waitFor('the newer upload', async () => (await listSessions(ana))[0]?.name === 'Sent again')
  expect((await stopServer(restored)).status).toBe(0)
})
