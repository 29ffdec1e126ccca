/**
 * Ingest and charts over a real log and store, and beside them, in the same process, what they are held against.
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { Registry } from 'prom-client'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { emptyTables } from '#platform/store/empty-tables.ts'
import type { KnownLog } from '#platform/store/known-log.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { EncodedRows, Store, StoreConnection } from '#platform/store/store.ts'
import { parsePeriod, weekNumber } from '#rules/periods.ts'
import { continentsOfCountries } from '#rules/regions.ts'
import { analystsRows } from '#schemas/privacy/analytics-columns.ts'
import { buildAnalytics } from '../../../services/charts/analytics/build-analytics.ts'
import { createWithholding } from '../../../services/charts/analytics/withholding/create-withholding.ts'
import { buildTables, statements } from '../../../services/charts/chart-statements.ts'
import { buildPeriod } from '../../../services/charts/period-build.ts'
import { createIngestMetrics } from '../../../services/ingest/ingest-metrics.ts'
import { runIngestWorker } from '../../../services/ingest/ingest-worker.ts'
import { openLogEpochs } from '../../../services/ingest/open-log-epochs.ts'
import { createTagFiller } from '../../../services/upload/fill-tags.ts'
import { receiveSessions } from '../../../services/upload/receive-sessions.ts'
import { answerCommands } from '../child-process.ts'
import { makeSession, WEEK } from '../session-maker.ts'
import { ownerOfDj, storeProfiles } from './store-profiles.ts'
import { watchVitalSigns } from './vital-signs.ts'

const logger = pino({ level: 'silent' })
const pseudonyms = createPseudonyms(randomBytes(32))
const filler = createTagFiller()
const vitalSigns = watchVitalSigns()

interface Opened {
  readonly folder: string
  readonly log: EventLog
  readonly store: Store
  readonly knownLog: KnownLog
}

/** What a piece of work took. */
export interface Took {
  readonly seconds: number
  readonly cpuSeconds: number
}

let opened: Opened | undefined
/** Payloads that were appended since they were last asked for. */
let payloads: Uint8Array[] = []
/** Rows that ingest wrote since they were last loaded. */
let written: EncodedRows[] = []

const commands = {
  /** Opens a log and a store in an empty folder, in place of those that are open. */
  async open(folder: string): Promise<void> {
    await close()
    const store = openEmbeddedStore({ folder: join(folder, 'store') })
    await migrate(store, Date.now)
    // Batches as `start-standalone.ts` has them.
    const log = openEmbeddedEventLog({
      folder: join(folder, 'log'),
      clock: Date.now,
      batchBytesMax: 8 * 1024 * 1024,
      batchRecordsMax: 2_000,
    })
    const knownLog = await openLogEpochs({ log, store: store.connect('ingest'), acceptNewLog: false, clock: Date.now })
    opened = { folder, log, store, knownLog }
  },

  /** Makes so many DJs known. */
  async addDjs(djs: number): Promise<void> {
    await storeProfiles(open().store.connect('ingest'), pseudonyms, djs)
  },

  /** Appends sessions `from` to `from + count` of all DJs, in the order of time, as upload does. */
  async appendSessions(from: number, count: number, djs: number, tracks: number): Promise<void> {
    const { log } = open()
    for (let index = from; index < from + count; index++) {
      const dj = index % djs
      const session = makeSession(dj, Math.floor(index / djs), tracks)
      const entry = { index: 0, json: { value: session, textsUsable: true } }
      await receiveSessions([entry], ownerOfDj(pseudonyms, dj), {
        // Kept, for the baselines, and appended many at a time below.
        log: { ...log, append: async (events) => keepPayloads(events.map(({ payload }) => payload)) },
        pseudonyms,
        filler,
        clock: Date.now,
        trace: randomUUID(),
      })
    }
    const owners = payloads.map((_, index) => ownerOfDj(pseudonyms, (from + index) % djs))
    for (let start = 0; start < payloads.length; start += 1000) {
      const part = payloads.slice(start, start + 1000)
      await log.append(part.map((payload, index) => ({ owner: owners[start + index] ?? '', payload })))
    }
  },

  /** Ingests all that is in the log. */
  async ingest(options: { readonly keepRows: boolean }): Promise<Took> {
    const { log, store, knownLog } = open()
    const connection = store.connect('ingest')
    const keeping: StoreConnection = {
      ...connection,
      insert: (rows) => {
        if (options.keepRows) written.push(rows)
        return connection.insert(rows)
      },
    }
    const done = new AbortController()
    let left = await log.lag('ingest')
    const untilDone: EventLog = {
      ...log,
      consume: (group, handle, signal) =>
        log.consume(
          group,
          async (batch) => {
            await handle(batch)
            left -= batch.records.length
            if (left <= 0) done.abort()
          },
          signal,
        ),
    }
    const metrics = createIngestMetrics(new Registry())
    // No pause after a small batch, for here that is the last.
    const worker = { log: untilDone, store: keeping, pseudonyms, knownLog, metrics, logger, batchIntervalMs: 0 }
    return await timed(() => runIngestWorker(worker, done.signal))
  },

  /** `JSON.parse` of every payload that was appended since it was last asked, and no more than that. */
  async parse(): Promise<Took> {
    let parsed = 0
    const took = await timed(async () => {
      for (const payload of payloads) {
        const event: unknown = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString())
        if (typeof event === 'object') parsed += 1
      }
    })
    if (parsed !== payloads.length) throw new Error('a payload is no event')
    payloads = []
    return took
  },

  /** The engine alone: loads the rows that ingest wrote from files, into tables like those that ingest fills. */
  async load(): Promise<Took & { readonly bytes: number }> {
    const { store, folder } = open()
    const connection = store.connect('migrate')
    const files = join(folder, 'rows')
    mkdirSync(files)
    await connection.run('CREATE DATABASE IF NOT EXISTS bench')
    const inserts: string[] = []
    let bytes = 0
    for (const table of new Set(written.map((rows) => rows.table))) {
      const lines = written.flatMap((rows) =>
        rows.table === table ? [Buffer.from(rows.lines), Buffer.from('\n')] : [],
      )
      const file = join(files, `${table}.jsonl`)
      const content = Buffer.concat(lines)
      writeFileSync(file, content)
      bytes += content.length
      const copy = `bench.${table.replace('.', '_')}`
      await connection.run(`CREATE TABLE IF NOT EXISTS ${copy} AS ${table}`)
      inserts.push(
        `INSERT INTO ${copy} SELECT * FROM file('${file}', 'JSONEachRow') SETTINGS use_structure_from_insertion_table_in_table_functions = 1`,
      )
    }
    written = []
    const took = await timed(async () => {
      for (const insert of inserts) await connection.run(insert)
    })
    rmSync(files, { recursive: true })
    return { ...took, bytes }
  },

  /** Builds every chart of the week from nothing: all regions, genres and scenes; and behind them what analysts see of it. */
  async buildWeek(
    minimumDjs: number,
  ): Promise<Took & { readonly charts: number; readonly analystsSeconds: number; readonly analystsRows: number }> {
    const store = open().store.connect('charts')
    const period = parsePeriod(WEEK)
    if (period === undefined) throw new Error('no such week')
    await emptyTables(store, [
      ...buildTables,
      'charts.published',
      'charts.entries',
      'charts.bases',
      'charts.pending_take_backs',
      ...analystsRows,
    ])
    const rules = {
      minimumDjs,
      minimumChangedDjs: minimumDjs,
      takeBackHoursMax: 24,
      playsPerDj: 10,
      analyticsMinimumDjs: minimumDjs,
    }
    let charts = 0
    let analystsSeconds = 0
    const withholding = createWithholding()
    const job = { store, period, build: Date.now(), hasMerges: false, condition: '1', isForced: true }
    const took = await timed(async () => {
      await store.run(statements.fillContributors, {
        countries: [...continentsOfCountries.keys()],
        continents: [...continentsOfCountries.values()],
      })
      charts = (
        await buildPeriod({
          ...job,
          rules,
          keyVersion: 1,
          async buildMore() {
            const more = await timed(async () => {
              await buildAnalytics({
                ...job,
                withholding,
                rules: { minimumDjs },
                playsPerDj: rules.playsPerDj,
                noise: undefined,
              })
            })
            analystsSeconds = more.seconds
          },
        })
      ).publish
    })
    await withholding.close()
    const [row] = await store.rows<{ rows: string }>('SELECT count() AS rows FROM charts.analytics_track_weeks')
    const seconds = took.seconds - analystsSeconds
    return { ...took, seconds, charts, analystsSeconds, analystsRows: Number(row?.rows ?? 0) }
  },

  /** The one question that a chart answers: how many DJs play which track, over the same contributions. */
  async countWeek(): Promise<Took & { readonly plays: number }> {
    const store = open().store.connect('charts')
    let plays = 0
    const took = await timed(async () => {
      const rows = await store.rows<{ plays: string }>(
        `SELECT track, uniqExact(contributor) AS djs, count() AS plays
         FROM charts.contributions FINAL ARRAY JOIN plays.track AS track
         WHERE week = {week:UInt32}
         GROUP BY track ORDER BY djs DESC, plays DESC, track`,
        { week: weekNumber(parsePeriod(WEEK)?.startMs ?? 0) },
      )
      plays = rows.reduce((sum, row) => sum + Number(row.plays), 0)
    })
    return { ...took, plays }
  },
}
export type PipelineCommands = typeof commands

answerCommands(commands, close)

function open(): Opened {
  if (opened === undefined) throw new Error('nothing is open')
  return opened
}

async function close(): Promise<void> {
  await opened?.log.close()
  await opened?.store.close()
  opened = undefined
}

function keepPayloads(appended: readonly Uint8Array[]): [] {
  payloads.push(...appended)
  return []
}

async function timed(work: () => Promise<void>): Promise<Took> {
  const cpuBefore = vitalSigns().cpuMs
  const startedAt = performance.now()
  await work()
  const seconds = (performance.now() - startedAt) / 1000
  return { seconds, cpuSeconds: (vitalSigns().cpuMs - cpuBefore) / 1000 }
}
