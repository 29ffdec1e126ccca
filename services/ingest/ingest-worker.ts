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
import { createLogEpochs } from '#platform/event-log/log-epochs.ts'
import { createMutex, type Mutex } from '#platform/scheduling/mutex.ts'
import { guardConnection } from '#platform/store/guarded-connection.ts'
import { type KnownLog, readLogPositions, writeLogPositions } from '#platform/store/known-log.ts'
import { describeBatch, endOf } from './describe-batch.ts'
import { type IngestDependencies, ingestRecords, keepDeadLetter } from './ingest-records.ts'

export interface IngestWorkerOptions extends Omit<IngestDependencies, 'epochs'> {
  /** The log as the store knows it, of {@link openLogEpochs}. */
  readonly knownLog: KnownLog
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
  const { log, store, knownLog, metrics, logger, batchIntervalMs = 150, turn = createMutex() } = options
  const epochs = createLogEpochs(knownLog.epochs)
  const ingestBatch = createBatchIngest()
  const handle = async (batch: Batch) => {
    const startedAt = performance.now()
    metrics.inHand(batch)
    const own = guardConnection(store, () => refuseWhenLost(batch))
    const work = async () => {
      await ingestBatch({ ...options, epochs, store: own }, batch.records)
      // After the rows: what they do not tell of yet is handed over again.
      await writeLogPositions(own, knownLog, [[batch.partition, endOf(batch)]])
    }
    const { partition, offset, events, reqIds } = describeBatch(batch)
    try {
      await ingestPatiently(() => turn.run(work), options, AbortSignal.any([signal, batch.lost]))
    } catch (cause) {
      if (batch.lost.aborted) logger.warn({ partition, offset, events }, 'another process has the batch now')
      throw cause
    }
    const elapsedMs = performance.now() - startedAt
    metrics.batchSeconds.observe(elapsedMs / 1000)
    metrics.batchEvents.observe(batch.records.length)
    metrics.stored(batch)
    logger.info({ partition, offset, events, reqIds, milliseconds: Math.round(elapsedMs) }, 'events stored')
    if (batch.records.length < SMALL_BATCH_EVENTS && elapsedMs < batchIntervalMs) {
      await sleep(batchIntervalMs - elapsedMs, undefined, { signal }).catch(() => undefined)
    }
  }
  try {
    await log.consume('ingest', handle, signal, {
      resumeFrom: (partition) => resumeFrom(partition, options, signal),
      onMissing(partition, fromOffset, toOffset) {
        metrics.missing.inc(toOffset - fromOffset)
        const events = toOffset - fromOffset
        logger.error({ partition, events }, 'the event log lost events before ingest had them')
      },
    })
  } catch (cause) {
    // Ended while the store was away: the position is where it was, and the batch is handed over again at the next start.
    if (!(signal.aborted && cause instanceof TonearmError && cause.retryable)) throw cause
  }
}

/** Where the rows end in a partition; waits for the store. */
async function resumeFrom(
  partition: number,
  options: IngestWorkerOptions,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { store, knownLog } = options
  const positions = await ingestPatiently(() => readLogPositions(store, knownLog.id), options, signal)
  return positions.get(partition)
}

/** Tries again, with growing pauses, while the store is away; the batch keeps its place. */
async function ingestPatiently<T>(
  work: () => Promise<T>,
  { logger, metrics }: IngestWorkerOptions,
  signal: AbortSignal,
): Promise<T> {
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
    try {
      return await work()
    } catch (cause) {
      if (!(cause instanceof TonearmError && cause.retryable) || signal.aborted) throw cause
      metrics.waits.inc({ code: cause.code })
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
function createBatchIngest(): (options: IngestDependencies, records: readonly LogRecord[]) => Promise<void> {
  let defectsInARow = 0

  return async function ingestBatch(options, records) {
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
      await ingestBatch(options, records.slice(0, middle))
      await ingestBatch(options, records.slice(middle))
    }
  }
}

/** Another process has the partition now, and writes what is in it. */
function refuseWhenLost({ partition, lost }: Batch): void {
  if (lost.aborted) throw new TonearmError('partition-lost', `partition ${partition} is another process's`)
}
