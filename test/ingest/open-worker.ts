import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { EventLog, LogRecord } from '#platform/event-log/event-log.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'
import { createIngestMetrics } from '../../services/ingest/ingest-metrics.ts'
import { runIngestWorker } from '../../services/ingest/ingest-worker.ts'
import { firstLog } from '../support/first-log.ts'

const pseudonyms = createPseudonyms(Buffer.alloc(32, 7))
const OWNER = pseudonyms.owner('dj')
const NOW_MS = Date.parse('2026-02-14T00:00:00Z')
export const keyOf = (id: string, historyId?: string) => pseudonyms.sessionKey(OWNER, historyId, id)

const tables = [
  'playlists.sessions',
  'playlists.session_choices',
  'playlists.profile_members',
  'playlists.public_sessions',
  'charts.contributors',
  'charts.contributions',
  'charts.changes',
]

export interface OpenWorker {
  /** Ingests records as one batch, over the store or over what stands in for it. */
  ingest(records: readonly LogRecord[], through?: (store: StoreConnection) => StoreConnection): Promise<void>
  readonly deadLetters: { readonly offset: number; readonly reason: string; readonly detail: string }[]
  /** How often events came to an outcome: `ok`, `superseded`, `unreadable`. */
  outcomes(): Promise<Record<string, number>>
  rows<Row>(sql: string): Promise<Row[]>
}

/** An ingest worker over a real store, whose tables are empty at the start of each test; the log is a list. */
export function openWorker(): OpenWorker {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const deadLetters: OpenWorker['deadLetters'] = []
  let registry = new Registry()
  let metrics = createIngestMetrics(registry)
  let store: Store

  beforeAll(async () => {
    store = openEmbeddedStore({ folder })
    await migrate(store, () => NOW_MS)
  })
  beforeEach(async () => {
    deadLetters.length = 0
    registry = new Registry()
    metrics = createIngestMetrics(registry)
    for (const table of tables) await store.connect('migrate').run(`TRUNCATE TABLE ${table}`)
  })
  afterAll(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  return {
    deadLetters,
    async ingest(records, through = (connection) => connection) {
      const log = {
        consume: (_group, handle) => handle({ partition: 0, records, lost: new AbortController().signal }),
        deadLetter: async ({ offset }, reason, detail) => void deadLetters.push({ offset, reason, detail }),
      } satisfies Partial<EventLog>
      await runIngestWorker(
        {
          // The worker asks no more of a log than these.
          log: log as Partial<EventLog> as EventLog,
          store: through(store.connect('ingest')),
          pseudonyms,
          knownLog: firstLog,
          metrics,
          logger: pino({ level: 'silent' }),
          batchIntervalMs: 0,
        },
        new AbortController().signal,
      )
    },
    async outcomes() {
      const { values } = await metrics.outcomes.get()
      return Object.fromEntries(values.map(({ labels, value }) => [labels.reason || labels.outcome, value]))
    },
    rows: (sql) => store.connect('site').rows(sql),
  }
}

/** A record of an event of {@link OWNER}; a text is taken as the payload itself. */
export function recordOf(offset: number, event: object | string): LogRecord {
  const whole = typeof event === 'string' ? event : JSON.stringify({ v: 1, owner: OWNER, at: NOW_MS, ...event })
  return { partition: 0, offset, owner: OWNER, payload: Buffer.from(whole), appendedAtMs: NOW_MS }
}

export function putOf(id: string, changes: object = {}, historyId?: string): object {
  const session = {
    id,
    ...(historyId === undefined ? {} : { historyId }),
    startedAt: '2026-02-13T20:00:00.000Z',
    tracks: [{ id: '1', startedAt: '2026-02-13T20:01:00.000Z', tags: { artist: 'Ana', title: `Lantern ${id}` } }],
    ...changes,
  }
  return { type: 'session-put', key: keyOf(id, historyId), session }
}

export const consent = { type: 'profile-change', patch: { choices: { charts: true } } }
