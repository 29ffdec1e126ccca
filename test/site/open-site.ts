import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { createServer } from '#platform/http/server.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { type PeriodKind, parsePeriod } from '#rules/periods.ts'
import { createSiteRoutes, type SiteRoutesOptions } from '../../services/site/site-routes.ts'

const tables = [
  'charts.published',
  'charts.entries',
  'charts.analytics_shown',
  'charts.analytics_track_weeks',
  'charts.analytics_transition_weeks',
  'playlists.sessions',
  'playlists.session_choices',
  'playlists.profile_members',
  'playlists.public_sessions',
]

export interface EntryGiven {
  /** The track's number. */
  readonly track: number
  readonly artist?: string
  readonly title?: string
  readonly label?: string
  readonly djs?: number
  readonly plays?: number
}

export interface ChartGiven {
  readonly region?: string
  readonly genre?: string
  readonly period: string
  readonly revision?: number
  readonly version?: number
  readonly withheld?: boolean
  readonly djs?: number
  /** By rank. */
  readonly entries: readonly EntryGiven[]
}

/** The time that the tests begin at: Wednesday of 2026-W08. */
const TEST_NOW_MS = Date.parse('2026-02-18T12:00:00Z')

export interface OpenSite {
  readonly server: () => FastifyInstance
  readonly clock: { nowMs: number }
  publish(chart: ChartGiven): Promise<void>
  insert(table: string, rows: readonly object[]): Promise<void>
  /** Number of statements that the site has sent to the store. */
  readonly statements: { count: number }
}

/**
 * A server with the site's routes over a real store; its tables are empty at the start of each test.
 *
 * @param options `publicUrl`: as the setting `PUBLIC_URL`; `liveIntervalMs`: how often a set that goes on is looked at
 */
export function openSite(
  options: Pick<SiteRoutesOptions, 'liveIntervalMs'> & { readonly publicUrl?: string } = {},
): OpenSite {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const clock = { nowMs: TEST_NOW_MS }
  const statements = { count: 0 }
  let store: Store
  let server: FastifyInstance
  let version = 0

  beforeAll(async () => {
    store = openEmbeddedStore({ folder, limitsJobs: true })
    await migrate(store, () => clock.nowMs)
  })
  beforeEach(async () => {
    clock.nowMs = TEST_NOW_MS
    statements.count = 0
    for (const table of tables) await store.connect('migrate').run(`TRUNCATE TABLE ${table}`)
    const connection = store.connect('site')
    server = createServer({ logger: pino({ level: 'silent' }) })
    await server.register(
      createSiteRoutes({
        store: {
          ...connection,
          rows(sql, params) {
            statements.count += 1
            return connection.rows(sql, params)
          },
        },
        clock: () => clock.nowMs,
        chartMinDjs: 5,
        chartFinalAfterDays: 7,
        chartMinChangedDjs: 4,
        takeBackHoursMax: 23,
        publicUrl: options.publicUrl,
        ...(options.liveIntervalMs === undefined ? {} : { liveIntervalMs: options.liveIntervalMs }),
        limits: { sessionMonths: 37, auditDays: 366, logHours: 71, backupDays: 29 },
      }),
    )
    await server.ready()
    return () => server.close()
  })
  afterAll(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const insert = (table: string, rows: readonly object[]) => {
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    return store.connect('migrate').insert({ table, lines: Buffer.from(lines) })
  }

  return {
    server: () => server,
    clock,
    statements,
    insert,
    async publish(given) {
      const { region = 'world', genre = 'all', period, revision = 1, withheld = false, entries } = given
      version += 1
      const kind: PeriodKind = parsePeriod(period)?.kind ?? 'week'
      const place = { region, genre, kind, period, revision }
      if (entries.length > 0) {
        await insert(
          'charts.entries',
          entries.map(({ track, artist = 'Artist', title = 'Title', label = '', djs = 9, plays = 12 }, index) => ({
            ...place,
            rank: index + 1,
            ...{ track, artist, title, label, djs, plays },
          })),
        )
      }
      await insert('charts.published', [
        {
          ...place,
          built_at: '2026-02-16 00:05:00.000',
          djs: given.djs ?? 41,
          plays: 903,
          content: 1,
          withheld: withheld ? 1 : 0,
          version: given.version ?? version,
        },
      ])
      // The site asks once a second what is new.
      clock.nowMs += 1000
    },
  }
}
