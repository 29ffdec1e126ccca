/**
 * What ingest counts for `/metrics`.
 * @module
 */
import { Counter, Histogram, type Registry } from 'prom-client'

export interface IngestMetrics {
  readonly outcomes: Counter<'outcome' | 'reason'>
  readonly batchEvents: Histogram
  readonly batchSeconds: Histogram
  readonly storeSeconds: Histogram
}

export function createIngestMetrics(registry: Registry): IngestMetrics {
  const registers = [registry]
  return {
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
