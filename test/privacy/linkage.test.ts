/**
 * Whether rows of one audience can be joined to those of another by somebody who has all the code and all the rows that
 * anybody but us can read, and not the keys (PRIVACY 4).
 */
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { Chart, Playlist } from '#schemas/records/chart.ts'
import type { ErasureStatus } from '#schemas/records/erasure.ts'
import type { OwnSessionSummary } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { BUSY_MS_MAX, quickCharts, startServer, stopServer } from '../support/start-server.ts'
import { storedPseudonyms } from '../support/stored-pseudonyms.ts'
import { waitFor } from '../support/wait-for.ts'
import { bytesOf, identifierColumns, identifiersIn, joinsBetween, textsOf } from './identifiers.ts'
import { findDerivations } from './keyless-attack.ts'

const accounts = Array.from({ length: 9 }, (_, index) => `dj-${index}@example.com`)
const SESSIONS_EACH = 4
const WEEK_CHART = '/v1/charts/NZ/all/2024-W07'

/** What is known of a public session by who looks at it or made it. */
interface Known {
  readonly account: string
  readonly session: OwnSessionSummary
}

/** Identifiers by label. */
const identifiers = new Map<string, Set<string>>()
/** All rows by table, as text; what analysts read is among them as soon as there is an `analytics` database. */
const rowsOf = new Map<string, string>()
/** What anybody was answered, by path, and what each DJ was. */
const publicAnswers = new Map<string, string>()
const ownAnswers: string[] = []
const known: Known[] = []
/** The order in which the engine hands out what there is to order by. */
let publicOrder: string[] = []
let contributionOrder: string[] = []
let received: { version: string; received_at: string }[] = []
let store: StoreConnection
let pseudonyms: Pseudonyms
let salt: Buffer

const of = (...labels: string[]) => labels.flatMap((label) => [...(identifiers.get(label) ?? [])])
const databaseOf = (table: string) => table.split('.', 1)[0]

beforeAll(async () => {
  const server = await startServer({ settings: quickCharts })
  const anybody = await server.api()
  const admin = await server.api('editor@example.com', 'admin')
  const djs = await Promise.all(accounts.map((account) => server.api(account)))
  for (const [index, dj] of djs.entries()) await contribute(dj, index)
  const chart = await waitFor(
    'a chart of all',
    async () => {
      const answer = (await anybody.get(WEEK_CHART)).json<Chart>()
      return answer.chart?.djs === accounts.length && answer
    },
    BUSY_MS_MAX,
  )
  const [first, second] = chart.entries.map(({ track }) => track.id)
  const merged = await admin.request('PUT', `/v1/merges/${first}`, { json: { into: second } })
  expect(merged.status).toBe(200)
  const { status } = (await djs[0]?.delete('/v1/me'))?.json<{ status: string }>() ?? { status: '' }
  await waitFor(
    'the erasure',
    async () => (await anybody.get(status)).json<ErasureStatus>().state === 'complete',
    BUSY_MS_MAX,
  )
  publicAnswers.set(status, (await anybody.get(status)).text)

  for (const [index, dj] of djs.entries()) {
    if (index === 0) continue
    const { sessions } = (await dj.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
    known.push(...sessions.map((session) => ({ account: accounts[index] ?? '', session })))
    for (const path of ['/v1/me/profile', '/v1/me/sessions', '/v1/me/export']) {
      ownAnswers.push((await dj.get(path)).text)
    }
  }
  await readPublicAnswers(anybody, first ?? '')
  const analyst = await server.api('analyst@example.com', 'analyst')
  const rows = await analyst.post('/sql', { bytes: 'SELECT * FROM analytics.track_weeks' })
  expect(rows.status, rows.text).toBe(200)
  // It is written down behind its answer.
  await waitFor('what was asked', async () => (await admin.get('/v1/audit/queries')).text.includes('track_weeks'))
  await stopServer(server)

  const embedded = openEmbeddedStore({ folder: `${server.dataDir}/store` })
  store = embedded.connect('privacy')
  pseudonyms = await storedPseudonyms(server.dataDir, store)
  await readRows()
  return () => embedded.close()
})

async function contribute(dj: ApiClient, index: number): Promise<void> {
  await dj.patch('/v1/me/profile', {
    displayName: `DJ ${index}`,
    location: { country: 'NZ' },
    choices: { charts: true },
  })
  const sessions = Array.from({ length: SESSIONS_EACH }, (_, number) =>
    sessionOf(`${100 * index + number}`, {
      historyId: `history-of-${index}`,
      startedAt: `2024-02-14T${10 + number}:${10 + index}:00Z`,
      visibility: number === 0 ? 'private' : 'public',
    }),
  )
  expect((await dj.post('/v1/sessions', { json: { sessions } })).json()).toMatchObject({ rejected: [] })
}

async function readPublicAnswers(anybody: ApiClient, track: string): Promise<void> {
  const ofCharts = [WEEK_CHART, `${WEEK_CHART}.csv`, '/v1/charts', '/v1/charts/world/all/2024', `/v1/tracks/${track}`]
  const pages = ['/', '/charts/NZ/all/2024-W07', `/tracks/${track}`, '/privacy', '/openapi.json', '/metrics']
  const playlists = known.flatMap(({ session }) =>
    session.publicId === undefined ? [] : [`/v1/playlists/${session.publicId}`, `/playlists/${session.publicId}`],
  )
  for (const path of [...ofCharts, ...pages, ...playlists]) {
    const { status, headers, text } = await anybody.get(path)
    expect(status, path).toBe(200)
    const { date: _, 'x-request-id': __, ...lasting } = Object.fromEntries(headers)
    publicAnswers.set(path, `${JSON.stringify(lasting)}\n${text}`)
  }
}

async function readRows(): Promise<void> {
  for (const { table, column, label } of identifierColumns) {
    const values = identifiers.get(label) ?? new Set()
    // 0 and the empty text stand where there is nobody.
    for (const { value } of await store.rows<{ value: string }>(
      `SELECT DISTINCT toString(${column}) AS value FROM ${table} WHERE toString(${column}) NOT IN ('', '0', 'matcher')`,
    )) {
      values.add(value)
    }
    identifiers.set(label, values)
  }
  const tables = await store.rows<{ name: string }>(
    `SELECT concat(database, '.', name) AS name FROM system.tables
     WHERE database IN ('playlists', 'charts', 'audit', 'operations', 'analytics') AND engine NOT LIKE '%View'`,
  )
  for (const { name } of tables) {
    const rows = await store.rows(`SELECT * FROM ${name}`)
    rowsOf.set(name, rows.map((row) => JSON.stringify(row)).join('\n'))
  }
  const publicRows = await store.rows<{ public_id: string }>('SELECT public_id FROM playlists.public_sessions FINAL')
  publicOrder = publicRows.map(({ public_id }) => public_id)
  const contributions = await store.rows<{ session: string }>('SELECT session FROM charts.contributions FINAL')
  contributionOrder = contributions.map(({ session }) => session)
  received = await store.rows(
    'SELECT version, toUnixTimestamp64Milli(received_at) AS received_at FROM playlists.sessions',
  )
  const [key] = await store.rows<{ salt: string }>('SELECT salt FROM operations.contributor_keys FINAL')
  salt = Buffer.from(key?.salt ?? '', 'base64')
}

describe('the identifiers of different uses', () => {
  it('are there: every kind, and behind public playlists there are contributions', () => {
    const missing = [...new Set(identifierColumns.map(({ label }) => label))].filter((label) => of(label).length === 0)
    // Only a rotation under way has these.
    expect(missing).toEqual(['renewed-pseudonym'])
    expect(known).toHaveLength((accounts.length - 1) * SESSIONS_EACH)
    for (const { account, session } of known) {
      expect(of('contributor')).toContain(pseudonyms.contributor(pseudonyms.owner(account)))
      expect(of('contribution-session')).toContain(pseudonyms.contributionSession(session.key))
    }
  })

  it('have no 64 bits in common, in either order of the bytes (PRIVACY 4)', () => {
    const labels = [...identifiers.keys()]
    for (const [index, one] of labels.entries()) {
      for (const other of labels.slice(index + 1)) {
        expect(joinsBetween(of(one), of(other)), `${one} and ${other}`).toEqual([])
      }
    }
  })

  it('are found where they do have: a contributor that were cut from the owner key would be', () => {
    const broken = of('owner-key').map((owner) => bytesOf(owner).readBigUInt64BE().toString())
    expect(joinsBetween(of('owner-key'), broken)).toHaveLength(broken.length)
    const little = of('owner-key').map((owner) => bytesOf(owner).readBigUInt64LE(5).toString())
    expect(joinsBetween(of('owner-key'), little)).toHaveLength(little.length)
  })
})

describe('what the chart builder sees', () => {
  const builders = () => of('contributor', 'contribution-session', 'editor')

  it('occurs in no row of another audience, and in no answer to a DJ or to everybody', () => {
    for (const [table, text] of rowsOf) {
      if (databaseOf(table) === 'charts') continue
      expect(identifiersIn(text, builders()), table).toEqual([])
    }
    for (const answer of ownAnswers) expect(identifiersIn(answer, builders())).toEqual([])
    for (const [path, text] of publicAnswers) expect(identifiersIn(text, builders()), path).toEqual([])
  })

  it('holds no identifier of a DJ, of a playlist, of a receipt or of the audit trail', () => {
    const others = of('owner-key', 'session-key', 'public-id', 'erasure', 'audit-entry')
    for (const [table, text] of rowsOf) {
      if (databaseOf(table) === 'charts') expect(identifiersIn(text, others), table).toEqual([])
    }
  })

  it('would be found in a row or an answer, however it were written', () => {
    for (const one of builders().slice(0, 20)) {
      for (const written of textsOf(one)) expect(identifiersIn(`{"a":"x${written}y"}`, [one])).toEqual([one])
    }
  })
})

describe('everybody, and analysts', () => {
  it('read no identifier but the public id of the playlist that they ask for', () => {
    const all = [...identifiers].flatMap(([label, values]) => (label === 'public-id' ? [] : [...values]))
    const readable = [...publicAnswers, ...[...rowsOf].filter(([table]) => databaseOf(table) === 'analytics')]
    for (const [where, text] of readable) {
      expect(identifiersIn(text, all), where).toEqual([])
      expect(
        identifiersIn(
          text,
          of('public-id').filter((id) => !where.includes(id)),
        ),
        where,
      ).toEqual([])
    }
  })

  it('come from a public playlist to a contributor by nothing that the code and guessed keys can compute', async () => {
    const own = known.flatMap(({ account, session }) => [
      ...[account, pseudonyms.owner(account), session.key, session.publicId ?? session.key, session.id],
      ...[session.startedAt, String(Date.parse(session.startedAt)), String(Date.parse(session.startedAt) / 1000)],
      ...[`${session.historyId}${session.id}`, session.historyId ?? '', `${account}${session.id}`],
    ])
    const attack = { store, salts: [Buffer.alloc(0), salt] }
    const made = of('contributor', 'contribution-session', 'owner-key', 'session-key', 'public-id')
    const others = of('editor', 'erasure', 'audit-entry')
    expect(await findDerivations(own, [...made, ...others], attack)).toEqual([])

    // The attack is worth something: it finds pseudonyms that were made without a key, or with the engine's own hash.
    const [id = ''] = of('public-id')
    const unkeyed = createHash('sha256').update(id).digest().readBigUInt64LE(8).toString()
    const [engine] = await store.rows<{ hash: string }>('SELECT toString(sipHash64({id:String})) AS hash', { id })
    for (const broken of [unkeyed, engine?.hash ?? ''])
      expect(await findDerivations([id], [broken], attack)).toEqual([id])
  })

  it('cannot tell by the order of rows which is whose', () => {
    // The best guess by order: the first of one is the first of the other. By chance one in all is right; ten or more
    // come once in three million times.
    const rightGuesses = (order: readonly string[]) => {
      const guessed = publicOrder.map((id, index) => [id, order[index]])
      const truth = new Map(known.map(({ session }) => [session.publicId, pseudonyms.contributionSession(session.key)]))
      return guessed.filter(([id, session]) => truth.get(id) === session).length
    }
    const contributing = new Map(known.map(({ session }) => [pseudonyms.contributionSession(session.key), session]))
    const ofPublic = contributionOrder.filter((session) => contributing.get(session)?.publicId !== undefined)
    expect(ofPublic).toHaveLength(publicOrder.length)
    expect(rightGuesses(ofPublic)).toBeLessThan(10)
    expect(rightGuesses([...ofPublic].reverse())).toBeLessThan(10)
    // Where the orders were the same, all would be.
    const byPublicId = new Map([...contributing].map(([session, { publicId }]) => [publicId, session]))
    expect(rightGuesses(publicOrder.map((id) => byPublicId.get(id) ?? ''))).toBe(publicOrder.length)
  })

  it('read no position in the log and no time of receipt, which rows of playlists and of charts have in common', () => {
    expect(received.length).toBeGreaterThanOrEqual(known.length)
    for (const [path, text] of publicAnswers) {
      const numbers = new Set(text.match(/\d{10,}/g))
      for (const { version, received_at } of received) {
        for (const common of [version, received_at, received_at.slice(0, -3)])
          expect(numbers, path).not.toContain(common)
        expect(text, path).not.toContain(new Date(Number(received_at)).toISOString())
      }
    }
  })

  it('find in charts no time below a week, so none that the times of a playlist lead to', () => {
    const times = (path: string) => publicAnswers.get(path)?.match(/\d{4}-\d\d-\d\dT[\d:.]+Z?|\d\d:\d\d:\d\d/g) ?? []
    const chart = JSON.parse(publicAnswers.get(WEEK_CHART)?.split('\n')[1] ?? '{}') as Chart
    // When the chart was built is told of the chart, and of no session.
    for (const path of [...publicAnswers.keys()].filter((one) => /\/(charts|tracks)\b/.test(one))) {
      expect(
        times(path).filter((time) => !builtAtTimes().includes(time)),
        path,
      ).toEqual([])
    }
    expect(Object.keys(chart.entries[0] ?? {}).filter((member) => /time|at$/i.test(member))).toEqual([])
    const [playlist] = [...publicAnswers].filter(([path]) => path.startsWith('/v1/playlists/'))
    expect(times(playlist?.[0] ?? '')).toEqual([(JSON.parse(playlist?.[1].split('\n')[1] ?? '') as Playlist).startedAt])
  })
})

/** When the charts were built, in the forms of JSON and of pages. */
function builtAtTimes(): string[] {
  return [...(rowsOf.get('charts.published') ?? '').matchAll(/"built_at":"(\S+) (\S+?)"/g)].flatMap(([, day, time]) => {
    const iso = `${day}T${time}Z`
    return [iso, `${iso.slice(0, 19)}Z`, `${iso.slice(0, 16)}Z`, time?.slice(0, 8) ?? '']
  })
}
