import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type AuditTrail, createAuditTrail } from '#platform/audit/audit-trail.ts'
import { createServer } from '#platform/http/server.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'
import { identifyTrack } from '#rules/track-identity.ts'
import { type MatchRunResult, runMatching } from '../../../services/charts/merges/match-job.ts'
import { createMergeRoutes } from '../../../services/charts/merges/merge-routes.ts'

const charts = ['merges', 'merge_history', 'changes', 'contributions', 'contributors'].map((name) => `charts.${name}`)
const tables = [...charts, 'audit.actions']

export const pseudonyms = createPseudonyms(Buffer.alloc(32, 7))

/** A play that is given, as its DJ spells it. */
export interface GivenPlay {
  readonly artist: string
  readonly title: string
}

export interface OpenMerges {
  readonly server: () => FastifyInstance
  readonly store: () => StoreConnection
  readonly audit: () => AuditTrail
  readonly clock: { nowMs: number }
  request(method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** Gives a week's plays of a DJ (a number), who consents unless it is said otherwise. */
  give(dj: number, week: number, plays: readonly GivenPlay[], options?: { readonly consents: boolean }): Promise<void>
  match(): Promise<MatchRunResult>
  /** Weeks that are marked since the marks were last taken. */
  takeMarks(): Promise<number[]>
}

/** The id of the track that artist and title name. */
export function idOf({ artist, title }: GivenPlay): string {
  const identity = identifyTrack(artist, title)
  if (identity.kind !== 'track') throw new Error(`${artist} - ${title} names no track`)
  return identity.trackId
}

/** The routes of merges over a real store, whose tables are empty at the start of each test. A token is the account's name; `dj` has another scope. */
export function openMerges(): OpenMerges {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const clock = { nowMs: 0 }
  let store: Store
  let server: FastifyInstance
  let version = 0

  const insert = (table: string, row: object) =>
    store.connect('ingest').insert({ table, lines: Buffer.from(`${JSON.stringify(row)}\n`) })

  const audit = () => createAuditTrail({ store: store.connect('audit'), clock: () => clock.nowMs, newId: randomUUID })

  beforeAll(async () => {
    store = openEmbeddedStore({ folder: join(folder, 'store') })
    await migrate(store, () => clock.nowMs)
  })
  beforeEach(async () => {
    clock.nowMs = Date.parse('2026-02-18T12:00:00Z')
    for (const table of tables) await store.connect('migrate').run(`TRUNCATE TABLE ${table}`)
    server = createServer({ logger: pino({ level: 'silent' }) })
    await server.register(
      createMergeRoutes({
        store: store.connect('editors'),
        audit: audit(),
        pseudonyms,
        verifyToken: async (token) => ({ accountId: token, scopes: new Set([token === 'dj' ? 'dj' : 'admin']) }),
        clock: () => clock.nowMs,
      }),
    )
    await server.ready()
    return () => server.close()
  })
  afterAll(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  return {
    server: () => server,
    store: () => store.connect('merges'),
    audit,
    clock,

    async request(method, path, body) {
      clock.nowMs += 1000
      const answer = await server.inject({
        method,
        url: `/v1/merges${path}`,
        headers: { authorization: 'Bearer eva' },
        ...(body === undefined ? {} : { payload: JSON.stringify(body), headers: jsonHeaders }),
      })
      return { status: answer.statusCode, body: answer.json() }
    },

    async give(dj, week, plays, { consents } = { consents: true }) {
      version += 1
      await insert('charts.contributors', { contributor: dj, consents: consents ? 1 : 0, version })
      const tracks = plays.map(({ artist, title }) => BigInt(`0x${idOf({ artist, title })}`).toString())
      await insert('charts.contributions', {
        week,
        contributor: dj,
        session: dj,
        version,
        'plays.track': tracks,
        ...nothingForAnalysts(tracks.length),
        'plays.at': plays.map(() => '2026-02-14 20:00:00'),
        'plays.artist': plays.map(({ artist }) => artist),
        'plays.title': plays.map(({ title }) => title),
        'plays.label': plays.map(() => ''),
        genres: plays.map(() => []),
      })
    },

    async match() {
      clock.nowMs += 1000
      return await runMatching({ store: store.connect('merges'), clock: () => clock.nowMs })
    },

    async takeMarks() {
      const connection = store.connect('charts')
      const rows = await connection.rows<{ week: number }>(
        'SELECT DISTINCT week FROM charts.changes WHERE merged = 1 AND contributor = 0 AND taken_back = 0 ORDER BY week',
      )
      await connection.run('TRUNCATE TABLE charts.changes')
      return rows.map(({ week }) => week)
    },
  }
}

const jsonHeaders = { authorization: 'Bearer eva', 'content-type': 'application/json' }

/** What analysts would be told of so many plays: nothing. The engine wants all lists of the plays to be of one length. */
function nothingForAnalysts(plays: number): Record<string, readonly unknown[]> {
  const lists = (value: unknown, ...names: readonly string[]) =>
    names.map((name) => [`plays.${name}`, Array(plays).fill(value)])
  return Object.fromEntries([
    ...lists(0, 'before', 'seconds', 'bpm_hundredths', 'year', 'bit_rate'),
    ...lists('', 'key', 'clean_label', 'remixer', 'clean_remixer', 'deck'),
  ])
}
