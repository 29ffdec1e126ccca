import { beforeAll, describe, expect, it } from 'vitest'
import type { OwnSession, OwnSessionSummary } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { encodingsOf, readAllFiles, readAllLogEntries, readAllTables } from '../support/data-folder.ts'
import { withoutSharedData } from '../support/shared-data.ts'
import { newDataDir, type RunningServer, runProgram, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { readSeratoTexts, seratoFiles } from './serato-paths.ts'

/** Shorter texts may stand anywhere by chance. */
const TELLING_LENGTH_MIN = 5

describe.skipIf(withoutSharedData)('the history files of Serato DJ', () => {
  let server: RunningServer
  let dj: ApiClient
  let first: Awaited<ReturnType<typeof importAll>>
  let afterFirst: readonly OwnSession[]

  beforeAll(async () => {
    server = await startServer({ settings: { UPLOADS_PER_MINUTE: '6000' } })
    dj = await server.api('serato')
    first = await importAll()
    afterFirst = await ownSessions()
  })

  function importAll() {
    const { address } = server
    return runProgram('services/import/main.ts', [...seratoFiles(), '--url', address, '--token', dj.token ?? ''])
  }

  /** Every session whole, once as many are there as files were sent. */
  async function ownSessions(): Promise<OwnSession[]> {
    const list = await waitFor('all sessions', async () => {
      const { sessions } = (await dj.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
      return sessions.length === 12 && sessions
    })
    return await Promise.all(list.map(async ({ key }) => (await dj.get(`/v1/me/sessions/${key}`)).json<OwnSession>()))
  }

  it('import without an error, and the last line says so', () => {
    expect(first.status).toBe(0)
    expect(first.stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^Sent 12 sessions \(\d+ tracks\).*; skipped: 0; refused: 0\.$/,
    )
    expect(afterFirst.map(({ tracks }) => tracks.length).reduce((sum, tracks) => sum + tracks, 0)).toBeGreaterThan(300)
  })

  it('keep the file names of the tracks, without their folders', () => {
    const names = afterFirst.flatMap(({ tracks }) => tracks.flatMap(({ tags }) => tags.fileName ?? []))
    expect(names.length).toBeGreaterThan(100)
    expect(names.filter((name) => /[/\\]/.test(name))).toEqual([])
  })

  it('change nothing when they are imported again', async () => {
    const second = await importAll()
    expect(second.status).toBe(0)
    expect(second.stdout.trimEnd().split('\n').at(-1)).toMatch(/^Sent 0 sessions \(0 tracks\); skipped: 12 /)
    expect(await ownSessions()).toEqual(afterFirst)
  })

  it('leave no folder name and no comment anywhere in the data folder', async () => {
    const { folders, comments, kept } = readSeratoTexts()
    expect(folders.has('Users')).toBe(true)
    expect(folders.size).toBeGreaterThan(200)
    expect(comments.size).toBeGreaterThan(50)
    const empty = await startServer({ dataDir: newDataDir() })
    expect(await stopServer(empty)).toEqual({ status: 0, signal: null })
    const control = Buffer.concat([...readAllFiles(empty.dataDir).values()])
    expect(await stopServer(server)).toEqual({ status: 0, signal: null })

    // A name that is a tag as well, or that any empty data folder holds, tells nothing when it is found.
    const telling = [...folders, ...comments].filter(
      (text) => text.length >= TELLING_LENGTH_MIN && !kept.includes(text) && control.indexOf(text) === -1,
    )
    expect(telling.length).toBeGreaterThan(60)
    const asFolders = [...folders].flatMap((name) => [`/${name}/`, `\\${name}\\`])
    const forbidden = [...telling, ...asFolders.filter((text) => text.length >= TELLING_LENGTH_MIN), '/Users/']

    const tables = await readAllTables(server.dataDir)
    expect(tables.get('playlists.sessions')).toContain(afterFirst[0]?.tracks[0]?.tags.title)
    const entries = await readAllLogEntries(server.dataDir)
    expect(entries.length).toBeGreaterThanOrEqual(12)
    const places = new Map([
      ...readAllFiles(server.dataDir),
      ...[...tables].map(([name, rows]) => [name, Buffer.from(rows)] as const),
      ...entries.map((entry, index) => [`log entry ${index}`, entry] as const),
    ])
    const found = [...places].flatMap(([place, bytes]) =>
      forbidden.flatMap((text) =>
        encodingsOf(text).some((form) => bytes.includes(form)) ? [`${place}: ${text}`] : [],
      ),
    )
    expect(found).toEqual([])
  })
})
