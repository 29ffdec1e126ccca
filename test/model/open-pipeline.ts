import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog, LogRecord } from '#platform/event-log/event-log.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { type BuildResult, createChartBuilder } from '../../services/charts/build-charts.ts'
import type { ChartRules } from '../../services/charts/period-build.ts'
import { createIngestMetrics } from '../../services/ingest/ingest-metrics.ts'
import { runIngestWorker } from '../../services/ingest/ingest-worker.ts'
import { firstLog } from '../support/first-log.ts'

export const pseudonyms = createPseudonyms(Buffer.alloc(32, 7))

/** What readers see of a chart. */
export interface ShownChart {
  readonly revision: number
  readonly djs: number
  readonly plays: number
  readonly entries: readonly {
    readonly rank: number
    readonly track: string
    readonly artist: string
    readonly title: string
    readonly label: string
    readonly djs: number
    readonly plays: number
  }[]
}

export interface Pipeline {
  readonly clock: { nowMs: number }
  readonly log: () => EventLog
  readonly store: () => Store
  /** Empties every table, and leaves what is in the log behind; for the next run of a property. */
  clear(): Promise<void>
  append(event: AccountEvent): Promise<void>
  /**
   * Ingests what is in the log, in batches of these sizes (the last one over and over). With `dieAtInsert` the worker
   * dies before that insert, counted from 0, and keeps no position; answers whether it came so far.
   */
  ingest(sizes: readonly number[], dieAtInsert?: number): Promise<boolean>
  /** Hands over the newest events again that were ingested already. */
  redeliver(events: number, sizes: readonly number[], dieAtInsert?: number): Promise<boolean>
  build(rules: ChartRules): Promise<BuildResult>
  /** A build that dies before a statement, counted from 0; answers whether it came so far. */
  buildUntil(rules: ChartRules, dieAtStatement: number): Promise<boolean>
  shownCharts(): Promise<Map<string, ShownChart>>
}

/** The real log, worker, builder and store in this process; without HTTP, and with a clock that the test moves. */
export function openPipeline(
  openStore: (folder: string) => Store = (folder) => openEmbeddedStore({ folder }),
): Pipeline {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const clock = { nowMs: Date.parse('2026-06-01T12:00:00Z') }
  const logger = pino({ level: 'silent' })
  const metrics = createIngestMetrics(new Registry())
  let store: Store
  let log: EventLog
  let tables: string[]
  const builderOptions = { clock: () => clock.nowMs, keyVersion: () => pseudonyms.keyVersion }
  /** What was ingested since the tables were emptied. */
  let ingested: LogRecord[] = []
  let appended = 0

  beforeAll(async () => {
    store = openStore(join(folder, 'store'))
    await migrate(store, () => clock.nowMs)
    log = openEmbeddedEventLog({ folder: join(folder, 'log'), clock: () => clock.nowMs })
    const rows = await store.connect('migrate').rows<{ name: string }>(
      `SELECT concat(database, '.', name) AS name FROM system.tables
         WHERE database IN ('playlists', 'charts') OR (database = 'operations' AND name = 'facts')`,
    )
    tables = rows.map(({ name }) => name)
  })
  afterAll(async () => {
    await log.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A worker over `consume`; whatever dies in it ends the worker as a crash does. */
  async function work(consume: EventLog['consume'], stop: AbortController, dieAtInsert?: number): Promise<boolean> {
    const connection = store.connect('ingest')
    const dying = mortal(connection, ['insert'], dieAtInsert, () => stop.abort())
    const options = {
      log: { ...log, consume },
      store: dying.connection,
      pseudonyms,
      knownLog: firstLog,
      metrics,
      logger,
    }
    await ended(runIngestWorker({ ...options, batchIntervalMs: 0 }, stop.signal), dying)
    return dying.isDead()
  }

  return {
    clock,
    log: () => log,
    store: () => store,

    async clear() {
      if (!(await isIngested())) throw new Error('a run must ingest all that it appends')
      for (const table of tables) await store.connect('migrate').run(`TRUNCATE TABLE ${table}`)
      ingested = []
    },

    async append(event) {
      const positions = await log.append([{ owner: event.owner, payload: Buffer.from(JSON.stringify(event)) }])
      appended = (positions[0]?.offset ?? 0) + 1
    },

    async ingest(sizes, dieAtInsert) {
      if (await isIngested()) return false
      const stop = new AbortController()
      return await work(
        (group, handle, signal) =>
          log.consume(
            group,
            async ({ records, ...batch }) => {
              for (const piece of cut(records, sizes)) await handle({ ...batch, records: piece })
              ingested.push(...records)
              if ((records.at(-1)?.offset ?? 0) + 1 === appended) stop.abort()
            },
            signal,
          ),
        stop,
        dieAtInsert,
      )
    },

    async redeliver(events, sizes, dieAtInsert) {
      const again = ingested.slice(-events)
      return await work(
        async (_group, handle) => {
          const { signal: lost } = new AbortController()
          for (const records of cut(again, sizes)) await handle({ partition: 0, records, lost })
        },
        new AbortController(),
        dieAtInsert,
      )
    },

    async build(rules) {
      return await createChartBuilder({ ...builderOptions, store: store.connect('charts'), rules }).build()
    },

    async buildUntil(rules, dieAtStatement) {
      const dying = mortal(store.connect('charts'), ['insert', 'run', 'rows'], dieAtStatement)
      await ended(createChartBuilder({ ...builderOptions, store: dying.connection, rules }).build(), dying)
      return dying.isDead()
    },

    async shownCharts() {
      return await readShownCharts(store.connect('site'))
    },
  }

  async function isIngested(): Promise<boolean> {
    return (await log.lag('ingest')) === 0
  }
}

/** A connection that dies before a call, and answers nothing more after it. */
export function mortal(
  connection: StoreConnection,
  calls: readonly ('insert' | 'run' | 'rows')[],
  dieAt = Number.POSITIVE_INFINITY,
  onDeath: () => void = () => undefined,
): { readonly connection: StoreConnection; readonly isDead: () => boolean } {
  let count = 0
  let isDead = false
  const live = async <T>(name: 'insert' | 'run' | 'rows', call: () => Promise<T>): Promise<T> => {
    if (calls.includes(name) && count++ >= dieAt) {
      isDead = true
      onDeath()
    }
    if (isDead) throw new TonearmError('store-unavailable', 'died in the test')
    return await call()
  }
  return {
    connection: {
      client: connection.client,
      insert: (rows) => live('insert', () => connection.insert(rows)),
      rows: (sql, params) => live('rows', () => connection.rows(sql, params)),
      lines: (sql, params) => live('rows', () => connection.lines(sql, params)),
      run: (sql, params) => live('run', () => connection.run(sql, params)),
    },
    isDead: () => isDead,
  }
}

/** Resolves when the work has ended; passes on its failure, but for the death that the test meant. */
async function ended(work: Promise<unknown>, dying: { readonly isDead: () => boolean }): Promise<void> {
  try {
    await work
  } catch (cause) {
    if (!dying.isDead()) throw cause
  }
}

function cut<T>(list: readonly T[], sizes: readonly number[]): T[][] {
  const pieces: T[][] = []
  for (let from = 0; from < list.length; ) {
    const size = Math.max(1, sizes[pieces.length] ?? sizes.at(-1) ?? list.length)
    pieces.push(list.slice(from, from + size))
    from += size
  }
  return pieces
}

/** The charts that the store shows, by `region/genre/period`. */
async function readShownCharts(store: StoreConnection): Promise<Map<string, ShownChart>> {
  const heads = await store.rows<{ name: string; revision: number; djs: number; plays: string }>(
    `SELECT concat(region, '/', genre, '/', period) AS name, revision, djs, plays
     FROM charts.published FINAL WHERE withheld = 0 ORDER BY name`,
  )
  const entries = await store.rows<ShownChart['entries'][number] & { name: string; revision: number }>(
    `SELECT concat(region, '/', genre, '/', period) AS name, revision, rank, track, artist, title, label, djs, plays
     FROM charts.entries FINAL ORDER BY name, revision, rank`,
  )
  const byChart = new Map<string, ShownChart['entries'][number][]>()
  for (const { name, revision, ...entry } of entries) {
    const chart = `${name} ${revision}`
    const list = byChart.get(chart)
    if (list === undefined) byChart.set(chart, [entry])
    else list.push(entry)
  }
  return new Map(
    heads.map(({ name, revision, djs, plays }) => [
      name,
      { revision, djs, plays: Number(plays), entries: byChart.get(`${name} ${revision}`) ?? [] },
    ]),
  )
}
