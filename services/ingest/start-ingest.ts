/**
 * The ingest service as a whole: its worker, what it counts, and its end.
 * @module
 */
import type { Registry } from 'prom-client'
import { createIngestMetrics } from './ingest-metrics.ts'
import { type IngestWorkerOptions, runIngestWorker } from './ingest-worker.ts'

export interface RunningIngest {
  /** Resolves when it has ended, rejects when it broke. */
  readonly ended: Promise<void>
  /** Ends it; resolves when the batch in hand is stored or given back. */
  stop(): Promise<void>
}

export function startIngest(
  options: Omit<IngestWorkerOptions, 'metrics'> & { readonly registry: Registry; readonly clock: () => number },
): RunningIngest {
  const { log, registry, clock } = options
  const stopping = new AbortController()
  const ended = runIngestWorker({ ...options, metrics: createIngestMetrics(registry, { log, clock }) }, stopping.signal)
  // Whoever asks is told; until then a rejection must not end the process with its whole cause printed.
  ended.catch(() => undefined)
  return {
    ended,
    async stop() {
      stopping.abort()
      await ended.catch(() => undefined)
    },
  }
}
