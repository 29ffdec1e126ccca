import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { type ContributorKey, createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { Chart } from '#schemas/records/chart.ts'
import type { Session } from '#schemas/records/session.ts'
import { rotatedTables } from '../../services/privacy/rotation/rotated-tables.ts'
import { readAllFiles, readAllTables } from '../support/data-folder.ts'
import { quickCharts, type RunningServer, runProgram, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const DJS = 4
/** What is uploaded meanwhile comes behind it, for charts tell how they moved since the one before. */
const BASE_YEAR = new Date().getUTCFullYear() - 2
const LOAD_YEAR = BASE_YEAR + 1
/** More than before the rotation, and than anybody played a track in the charts that are compared. */
const PLAYS_PER_DJ = 11
const BUSY_MS = 90_000
const settings = { ...quickCharts, CHART_MIN_DJS: '2', UPLOADS_PER_MINUTE: '1000000' }
const accountOf = (dj: number) => `dj-${dj}`
const regions = ['world', 'EU', 'OC', 'NZ', 'DE']
const names = regions.flatMap((region) => ['', '-02', '-W06'].map((part) => `${region}/all/${BASE_YEAR}${part}`))
const allDjs = Array.from({ length: DJS }, (_, index) => index)

/** A session of three tracks, of which every DJ plays two, within three weeks, so that builds are short. */
function sessionOf(dj: number, number: number, year: number): Session {
  const startMs = Date.UTC(year, 1, 3, 20) + (number % 20) * 86_400_000
  const titles = ['Everybody plays it', `Number ${number}`, `Own of ${dj} ${number}`]
  return {
    id: `${year}-${number}`,
    startedAt: new Date(startMs).toISOString(),
    tracks: titles.map((title, index) => ({
      id: String(index),
      startedAt: new Date(startMs + index * 300_000).toISOString(),
      tags: { artist: 'Ana', title },
    })),
  }
}

async function upload(server: RunningServer, dj: number, sessions: readonly Session[]): Promise<void> {
  const answer = await (await server.api(accountOf(dj))).post('/v1/sessions', { json: { sessions: [...sessions] } })
  expect(answer.status).toBe(202)
}

async function chartOf(server: RunningServer, name: string): Promise<Chart | undefined> {
  const answer = await (await server.api()).get(`/v1/charts/${name}`)
  return answer.status === 200 ? answer.json<Chart>() : undefined
}

/** The bytes of a chart but for revision and time. */
async function shownBytes(server: RunningServer): Promise<Record<string, string>> {
  const shown: Record<string, string> = {}
  for (const name of names) {
    const text = JSON.stringify(await chartOf(server, name)) ?? 'no chart'
    shown[name] = text.replace(/"(revision|builtAt)":("[^"]*"|\d+)/g, '"$1":0')
  }
  return shown
}

async function yearOf(server: RunningServer, year: number, plays: number): Promise<void> {
  await waitFor(
    `the chart of ${year}`,
    async () => {
      const found = await chartOf(server, `world/all/${year}`)
      return found?.chart.djs === DJS && found.chart.plays === plays
    },
    BUSY_MS,
  )
}

interface Held {
  readonly key: ContributorKey
  readonly contributors: readonly string[]
  readonly sessions: readonly string[]
}

/** What a service that is not running holds under its contributor key. */
async function readHeld(dataDir: string): Promise<Held> {
  const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
  const connection = store.connect('site')
  const key = await readContributorKey(connection)
  if (key === undefined) throw new Error('no key')
  const rows = await connection.rows<{ contributor: string; session: string }>(
    'SELECT DISTINCT contributor, session FROM charts.contributions ORDER BY ALL',
  )
  await store.close()
  const contributors = [...new Set(rows.map(({ contributor }) => contributor))]
  return { key, contributors, sessions: rows.map(({ session }) => session) }
}

it('rotates twice while uploads go on: charts stay the same bytes, nothing old remains, nothing is lost or doubled', async () => {
  let server = await startServer({ settings })
  const { dataDir } = server
  for (const dj of allDjs) {
    const patch = { choices: { charts: true }, location: { country: dj < 2 ? 'NZ' : 'DE' } }
    expect((await (await server.api(accountOf(dj))).patch('/v1/me/profile', patch)).status).toBe(200)
    const sessions = Array.from({ length: 10 }, (_, number) => sessionOf(dj, number, BASE_YEAR))
    // The year that is uploaded later is there already, or the charts of this one would get a next one.
    await upload(server, dj, [...sessions, sessionOf(dj, 0, LOAD_YEAR)])
  }
  await yearOf(server, BASE_YEAR, DJS * 30)
  await yearOf(server, LOAD_YEAR, DJS * 3)
  const before = await shownBytes(server)
  expect(Object.values(before).filter((bytes) => bytes !== 'no chart').length).toBeGreaterThan(3)
  await stopServer(server)
  const old = await readHeld(dataDir)
  expect(old.contributors).toHaveLength(DJS)

  server = await startServer({ dataDir, settings })
  let isRotating = true
  const uploads = allDjs.map(async (dj) => {
    let number = 1
    for (; isRotating && number < 299; number += 2) {
      await upload(server, dj, [sessionOf(dj, number, LOAD_YEAR), sessionOf(dj, number + 1, LOAD_YEAR)])
    }
    return number
  })
  for (const version of [2, 3]) {
    const { status, stdout, stderr } = await runProgram('services/standalone/keys/main.ts', ['rotate'], {
      DATA_DIR: dataDir,
    })
    expect(status, stderr).toBe(0)
    expect(stdout).toContain(`under version ${version} of their key; the old version is destroyed`)
    expect(stdout).toContain('uploads went on')
    expect(await shownBytes(server)).toEqual(before)
  }
  isRotating = false
  const sent = await Promise.all(uploads)
  expect(Math.min(...sent)).toBeGreaterThan(1)

  // Counted anew, all of it: what is forced here is a build of every chart.
  await stopServer(server)
  server = await startServer({ dataDir, settings: { ...settings, CHART_PLAYS_PER_DJ: String(PLAYS_PER_DJ) } })
  const plays = sent.map((sessions) => 2 * sessions + Math.min(sessions, PLAYS_PER_DJ))
  await yearOf(
    server,
    LOAD_YEAR,
    plays.reduce((sum, ofDj) => sum + ofDj, 0),
  )
  expect(await shownBytes(server)).toEqual(before)
  for (const dj of allDjs) {
    let sessions = 0
    let path: string | undefined = '/v1/me/sessions?limit=100'
    while (path !== undefined) {
      const page: { sessions: unknown[]; next?: string } = (await (await server.api(accountOf(dj))).get(path)).json()
      sessions += page.sessions.length
      path = page.next === undefined ? undefined : `/v1/me/sessions?limit=100&cursor=${page.next}`
    }
    expect(sessions).toBe(10 + (sent[dj] ?? 0))
  }
  expect((await stopServer(server)).status).toBe(0)
  await expectNothingOld(dataDir, old)
})

async function expectNothingOld(dataDir: string, old: Held): Promise<void> {
  const now = await readHeld(dataDir)
  expect(now.key.version).toBe(3)
  const pseudonyms = createPseudonyms(
    readMasterKey({ file: join(dataDir, 'keys', 'master.key'), mayCreate: false }),
    now.key,
  )
  const expected = allDjs.map((dj) => pseudonyms.contributor(pseudonyms.owner(accountOf(dj))))
  expect([...now.contributors].sort()).toEqual(expected.sort())

  const oldNames = new Set([...old.contributors, ...old.sessions])
  const oldSalt = old.key.salt.toString('base64')
  for (const [table, rows] of await readAllTables(dataDir)) {
    expect(rows.includes(oldSalt), table).toBe(false)
    const found = (rows.match(/\b\d{15,20}\b/g) ?? []).filter((number) => oldNames.has(number))
    expect(found, table).toEqual([])
  }
  for (const [file, bytes] of readAllFiles(dataDir)) expect(bytes.includes(oldSalt), file).toBe(false)
  const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
  for (const { name } of rotatedTables) {
    const rows = await store.connect('site').rows(`SELECT 1 FROM ${name} WHERE key_version != 3 AND contributor != 0`)
    expect(rows, name).toEqual([])
  }
  await store.close()
}
