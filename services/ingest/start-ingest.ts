/**
 * The ingest service as a whole: its worker and its end.
 * @module
 */
import { type IngestWorkerOptions, runIngestWorker } from './ingest-worker.ts'

export interface RunningIngest {
  /** Resolves when it has ended, rejects when it broke. */
  readonly ended: Promise<void>
  /** Ends it; resolves when the batch in hand is stored or given back. */
  stop(): Promise<void>
}

export function startIngest(options: IngestWorkerOptions): RunningIngest {
  const stopping = new AbortController()
  const ended = runIngestWorker(options, stopping.signal)
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
