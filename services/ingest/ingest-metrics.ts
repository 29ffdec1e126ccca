/**
 * What ingest counts for `/metrics`.
 * @module
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Batch, EventLog } from '#platform/event-log/event-log.ts'

export interface IngestMetrics {
  readonly outcomes: Counter<'outcome' | 'reason'>
  readonly batchEvents: Histogram
  readonly batchSeconds: Histogram
  readonly storeSeconds: Histogram
  /** How often ingest waited for a dependency, by the code of what was wrong. */
  readonly waits: Counter<'code'>
  /** Events that the log deleted before ingest had them. */
  readonly missing: Counter
  /** A batch has been handed over. */
  inHand(batch: Batch): void
  /** Its rows are stored. */
  stored(batch: Batch): void
}

export interface IngestMetricsOptions {
  /** Asked at each scrape how many events are not stored yet. */
  readonly log?: Pick<EventLog, 'lag'>
  /** Unix milliseconds. */
  readonly clock?: () => number
}

export function createIngestMetrics(
  registry: Registry,
  { log, clock = Date.now }: IngestMetricsOptions = {},
): IngestMetrics {
  const registers = [registry]
  const lag = createLagMetrics(registers, log, clock)
  return {
    ...lag,
    waits: new Counter({
      name: 'tonearm_ingest_waits_total',
      help: 'How often ingest waited for a dependency, by what was wrong',
      labelNames: ['code'],
      registers,
    }),
    missing: new Counter({
      name: 'tonearm_ingest_missing_events_total',
      help: 'Events that the log deleted before ingest had them',
      registers,
    }),
    outcomes: new Counter({
      name: 'tonearm_ingest_events_total',
      help: 'Account events by what became of them (ok, drop, deadLetter) and why',
      labelNames: ['outcome', 'reason'],
      registers,
    }),
    batchEvents: new Histogram({
      name: 'tonearm_ingest_batch_events',
      help: 'Events in a batch',
      buckets: [1, 10, 100, 500, 1000, 2000, 5000],
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'tonearm_ingest_batch_seconds',
      help: 'Time from a batch to its position being kept',
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    }),
    storeSeconds: new Histogram({
      name: 'tonearm_ingest_store_seconds',
      help: 'Time in which the store takes the rows of a batch',
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    }),
  }
}

/** How far ingest is behind: in events of all partitions, and in the age of what this process has not stored yet. */
function createLagMetrics(
  registers: Registry[],
  log: Pick<EventLog, 'lag'> | undefined,
  clock: () => number,
): Pick<IngestMetrics, 'inHand' | 'stored'> {
  /** When the log took the oldest event that is in hand, else the newest that is stored. */
  let reachedMs: number | undefined
  let isInHand = false
  let lagEvents = 0
  new Gauge({
    name: 'tonearm_ingest_lag_events',
    help: 'Events in the log that are not stored yet, of all partitions',
    registers,
    async collect() {
      // Where the log is away the last known number stands.
      lagEvents = (await log?.lag('ingest').catch(() => undefined)) ?? lagEvents
      this.set(lagEvents)
    },
  })
  new Gauge({
    name: 'tonearm_ingest_lag_seconds',
    help: 'Age of the oldest event that is known not to be stored yet; 0 where all are',
    registers,
    collect() {
      const isBehind = isInHand || lagEvents > 0
      this.set(isBehind && reachedMs !== undefined ? Math.max(0, (clock() - reachedMs) / 1000) : 0)
    },
  })
  return {
    inHand({ records }) {
      isInHand = true
      reachedMs = records[0]?.appendedAtMs ?? reachedMs
    },
    stored({ records }) {
      isInHand = false
      reachedMs = records.at(-1)?.appendedAtMs ?? reachedMs
    },
  }
}
