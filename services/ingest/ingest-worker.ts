/**
 * The ingest worker: takes batches from the log, and keeps their position only after the store has their rows.
 *
 * A batch that is handed over again writes the same rows with the same versions again, so a crash at any instant, a
 * retry and a replay change no count.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Batch, LogRecord } from '#platform/event-log/event-log.ts'
import { createMutex, type Mutex } from '#platform/scheduling/mutex.ts'
import { type IngestDependencies, ingestRecords, keepDeadLetter } from './ingest-records.ts'

export interface IngestWorkerOptions extends IngestDependencies {
  /** Least time from one batch to the next while little comes, so that few rows make few parts. Milliseconds. */
  readonly batchIntervalMs?: number
  /** Each batch takes its turn here, so that what must not meet half a batch can wait for its end. */
  readonly turn?: Mutex
}

/** A batch with fewer events than this does not follow the one before at once. */
const SMALL_BATCH_EVENTS = 200
const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 30_000

/** So many events in a row that no step was made for are no poison but a defect of ours: better to stop than to go on. */
const DEFECTS_IN_A_ROW_MAX = 20

/** Runs until the signal; resolves once the batch in hand is stored, or given back to the log. */
export async function runIngestWorker(options: IngestWorkerOptions, signal: AbortSignal): Promise<void> {
  const { log, metrics, batchIntervalMs = 150, turn = createMutex() } = options
  const ingestBatch = createBatchIngest(options)
  const handle = async (batch: Batch) => {
    const startedAt = performance.now()
    await ingestPatiently(() => turn.run(() => ingestBatch(batch.records)), options, signal)
    const elapsedMs = performance.now() - startedAt
    metrics.batchSeconds.observe(elapsedMs / 1000)
    metrics.batchEvents.observe(batch.records.length)
    if (batch.records.length < SMALL_BATCH_EVENTS && elapsedMs < batchIntervalMs) {
      await sleep(batchIntervalMs - elapsedMs, undefined, { signal }).catch(() => undefined)
    }
  }
  try {
    await log.consume('ingest', handle, signal)
  } catch (cause) {
    // Ended while the store was away: the position is where it was, and the batch is handed over again at the next start.
    if (!(signal.aborted && cause instanceof TonearmError && cause.retryable)) throw cause
  }
}

/** Tries again, with growing pauses, while the store is away; the batch keeps its place. */
async function ingestPatiently(
  ingest: () => Promise<void>,
  { logger }: IngestWorkerOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
    try {
      await ingest()
      return
    } catch (cause) {
      if (!(cause instanceof TonearmError && cause.retryable) || signal.aborted) throw cause
      logger.warn({ code: cause.code, pauseMs, error: cause }, 'ingest waits for a dependency')
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) throw cause
    }
  }
}

/**
 * Ingests events in order; one that the store refuses, or that no step was made for, is found by halving, so that it
 * costs the others nothing: an event that ended the worker would end it again after every start.
 */
function createBatchIngest(options: IngestWorkerOptions): (records: readonly LogRecord[]) => Promise<void> {
  let defectsInARow = 0

  return async function ingestBatch(records) {
    try {
      await ingestRecords(options, records)
      defectsInARow = 0
    } catch (cause) {
      const isDefect = !(cause instanceof TonearmError)
      if (!isDefect && cause.code !== 'row-refused') throw cause
      const [first] = records
      if (records.length === 1 && first !== undefined) {
        defectsInARow += isDefect ? 1 : 0
        if (defectsInARow > DEFECTS_IN_A_ROW_MAX) throw cause
        // The message of a defect may quote what is in the event.
        if (isDefect) await keepDeadLetter(options, first, 'defect', cause instanceof Error ? cause.name : 'no error')
        else await keepDeadLetter(options, first, 'row-refused', cause.message)
        return
      }
      const middle = Math.floor(records.length / 2)
      await ingestBatch(records.slice(0, middle))
      await ingestBatch(records.slice(middle))
    }
  }
}
