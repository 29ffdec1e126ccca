/**
 * The ingest worker: takes batches from the log, and keeps their position only after the store has their rows.
 *
 * A batch that is handed over again writes the same rows with the same versions again, so a crash at any instant, a
 * retry and a replay change no count.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Batch, EventLog, LogRecord } from '#platform/event-log/event-log.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { createTurns } from '#platform/scheduling/turns.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { DecodedEvent } from './decode-event.ts'
import type { IngestMetrics } from './ingest-metrics.ts'
import { readIngestState } from './ingest-state.ts'
import { ingestSteps } from './ingest-steps.ts'
import type { DeadLetterReason, Outcome } from './outcome.ts'
import { reachesSessions, rederiveOwner } from './rederive-owner.ts'
import { createRowsToWrite } from './rows-to-write.ts'
import type { StepContext } from './step-context.ts'

export interface IngestWorkerOptions {
  readonly log: EventLog
  readonly store: StoreConnection
  readonly pseudonyms: Pseudonyms
  /** Epoch of the log, see `log-epoch.ts`. */
  readonly epoch: number
  readonly metrics: IngestMetrics
  readonly logger: FastifyBaseLogger
  /** Least time from one batch to the next while little comes, so that few rows make few parts. Milliseconds. */
  readonly batchIntervalMs?: number
}

/** A batch with fewer events than this does not follow the one before at once. */
const SMALL_BATCH_EVENTS = 200
const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 30_000

/** Runs until the signal; resolves once the batch in hand is stored. */
export async function runIngestWorker(options: IngestWorkerOptions, signal: AbortSignal): Promise<void> {
  const { log, metrics, batchIntervalMs = 150 } = options
  await log.consume(
    'ingest',
    async (batch) => {
      const startedAt = performance.now()
      await ingestPatiently(options, batch, signal)
      const elapsedMs = performance.now() - startedAt
      metrics.batchSeconds.observe(elapsedMs / 1000)
      metrics.batchEvents.observe(batch.records.length)
      if (batch.records.length < SMALL_BATCH_EVENTS && elapsedMs < batchIntervalMs) {
        await sleep(batchIntervalMs - elapsedMs, undefined, { signal }).catch(() => undefined)
      }
    },
    signal,
  )
}

/** Tries again, with growing pauses, while the store is away; the batch keeps its place. */
async function ingestPatiently(options: IngestWorkerOptions, batch: Batch, signal: AbortSignal): Promise<void> {
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
    try {
      await ingestBatch(options, batch.records)
      return
    } catch (cause) {
      if (!(cause instanceof TonearmError && cause.retryable) || signal.aborted) throw cause
      options.logger.warn({ code: cause.code, pauseMs }, 'ingest waits for a dependency')
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
      // Stopping now keeps the position where it was: the batch is handed over again at the next start.
      if (signal.aborted) throw cause
    }
  }
}

/**
 * Ingests events in order; one that the store refuses, or that no step was made for, is found by halving, so that it
 * costs the others nothing: an event that ended the worker would end it again after every start.
 */
async function ingestBatch(options: IngestWorkerOptions, records: readonly LogRecord[]): Promise<void> {
  try {
    await ingestRecords(options, records)
  } catch (cause) {
    const isDefect = !(cause instanceof TonearmError)
    if (!isDefect && cause.code !== 'row-refused') throw cause
    const [first] = records
    if (records.length === 1 && first !== undefined) {
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

async function ingestRecords(options: IngestWorkerOptions, records: readonly LogRecord[]): Promise<void> {
  const { store, pseudonyms, epoch, metrics } = options
  const turn = createTurns()
  const decoded: DecodedEvent[] = []
  for (const record of records) {
    const outcome = ingestSteps.decode(record, epoch)
    if (outcome.kind === 'ok') decoded.push(outcome.value)
    else await settleOutcome(options, record, outcome)
    await turn()
  }
  if (decoded.length === 0) return

  const state = await readIngestState(
    store,
    decoded.map(({ event }) => event),
  )
  const context: StepContext = { state, rows: createRowsToWrite(), pseudonyms }
  for (const event of decoded) {
    const outcome = ingestSteps.settle(event, context)
    await settleOutcome(options, event.record, outcome)
    if (event.event.type === 'profile-change' && reachesSessions(event.event)) {
      // What the batch has put so far must be there to be derived again.
      await context.rows.flush(store)
      await rederiveOwner(event.event, event.version, context, store)
    }
    await turn()
  }
  const startedAt = performance.now()
  await context.rows.flush(store)
  metrics.storeSeconds.observe((performance.now() - startedAt) / 1000)
}

async function settleOutcome(
  options: IngestWorkerOptions,
  record: LogRecord,
  outcome: Outcome<unknown>,
): Promise<void> {
  if (outcome.kind === 'deadLetter') await keepDeadLetter(options, record, outcome.reason, outcome.detail)
  else options.metrics.outcomes.inc({ outcome: outcome.kind, reason: outcome.kind === 'drop' ? outcome.reason : '' })
}

async function keepDeadLetter(
  { log, metrics, logger }: IngestWorkerOptions,
  record: LogRecord,
  reason: DeadLetterReason,
  detail: string,
): Promise<void> {
  await log.deadLetter(record, reason, detail)
  metrics.outcomes.inc({ outcome: 'deadLetter', reason })
  logger.warn({ reason, partition: record.partition, offset: record.offset }, 'an event went to the dead letters')
}
