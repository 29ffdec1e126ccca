/**
 * Events → rows in the store, in the order of the log.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import type { EventLog, LogRecord } from '#platform/event-log/event-log.ts'
import type { LogEpochs } from '#platform/event-log/log-epochs.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { createTurns } from '#platform/scheduling/work-slices.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { DecodedEvent } from './decode-event.ts'
import { deriveLater } from './derive-again.ts'
import { eraseOwnerRows } from './erase-owner-rows.ts'
import type { IngestMetrics } from './ingest-metrics.ts'
import { readIngestState } from './ingest-state.ts'
import { ingestSteps } from './ingest-steps.ts'
import { type DeadLetterReason, deadLetter, type Outcome } from './outcome.ts'
import { reachesSessions, rederiveOwner } from './rederive-owner.ts'
import { createRowsToWrite } from './rows-to-write.ts'
import type { StepContext } from './step-context.ts'

export interface IngestDependencies {
  readonly log: EventLog
  readonly store: StoreConnection
  readonly pseudonyms: Pseudonyms
  /** Epochs of the log, see `open-log-epochs.ts`. */
  readonly epochs: LogEpochs
  readonly metrics: IngestMetrics
  readonly logger: FastifyBaseLogger
}

/** Choices and deletions are small events that may each name a large session, so their number is bounded too. */
const NAMED_SESSIONS_MAX = 200

/** Resolves when everything that the events cause is stored. Rejects where the store does. */
export async function ingestRecords(dependencies: IngestDependencies, records: readonly LogRecord[]): Promise<void> {
  const turn = createTurns()
  const settled: Settled[] = []
  let portion: DecodedEvent[] = []
  let named = 0
  for (const record of records) {
    const outcome = ingestSteps.decode(record, dependencies.epochs)
    let isErasure = false
    if (outcome.kind === 'ok') {
      const { type } = outcome.value.event
      isErasure = type === 'account-erased'
      named += type === 'session-choices' || type === 'session-delete' ? 1 : 0
      portion.push(outcome.value)
    } else settled.push(await settleOutcome(dependencies, record, outcome))
    // What follows an erasure must not go by what was read before it.
    if (named >= NAMED_SESSIONS_MAX || isErasure) {
      settled.push(...(await ingestEvents(dependencies, portion)))
      portion = []
      named = 0
    }
    await turn()
  }
  if (portion.length > 0) settled.push(...(await ingestEvents(dependencies, portion)))
  // Only now, for what fails is done again, in halves or whole, and would be counted again.
  for (const one of settled) tellOutcome(dependencies, one)
}

/** What became of an event. */
interface Settled {
  readonly record: LogRecord
  readonly outcome: Outcome<unknown>
}

async function ingestEvents(dependencies: IngestDependencies, events: readonly DecodedEvent[]): Promise<Settled[]> {
  const { store, pseudonyms, metrics } = dependencies
  const settled: Settled[] = []
  const turn = createTurns()
  const state = await readIngestState(
    store,
    events.map(({ event }) => event),
  )
  const context: StepContext = { state, rows: createRowsToWrite(), pseudonyms, toDerive: [] }
  const ownersWithSessions = await readOwnersWithSessions(store, events)
  for (const decoded of events) {
    const outcome = ingestSteps.settle(decoded, context)
    settled.push(await settleOutcome(dependencies, decoded.record, outcome))
    if (decoded.event.type === 'session-put') ownersWithSessions.add(decoded.event.owner)
    if (outcome.kind !== 'ok') continue
    if (decoded.event.type === 'account-erased') {
      await context.rows.flush(store)
      // What the batch has left for later is of sessions that are gone now.
      await deriveLater(context, store)
      await eraseOwnerRows(decoded.event, decoded.version, context, store)
    }
    if (
      decoded.event.type === 'profile-change' &&
      ownersWithSessions.has(decoded.event.owner) &&
      reachesSessions(decoded.event)
    ) {
      // What the batch has put so far must be there to be derived again.
      await context.rows.flush(store)
      await deriveLater(context, store)
      await rederiveOwner(decoded.event, decoded.version, context, store)
    }
    await turn()
  }
  const startedAt = performance.now()
  await context.rows.flush(store)
  metrics.storeSeconds.observe((performance.now() - startedAt) / 1000)
  await deriveLater(context, store)
  return settled
}

/** The owners among those who change their profile whose stored sessions that may reach; most have none yet. */
async function readOwnersWithSessions(store: StoreConnection, events: readonly DecodedEvent[]): Promise<Set<string>> {
  const owners = events.flatMap(({ event }) => (event.type === 'profile-change' ? [event.owner] : []))
  if (owners.length === 0) return new Set()
  const rows = await store.rows<{ owner: string }>(
    'SELECT DISTINCT owner FROM playlists.sessions WHERE owner IN {owners:Array(String)}',
    { owners },
  )
  return new Set(rows.map(({ owner }) => owner))
}

/** A dead letter is kept at once, so before the position of its batch; what is told of it waits for the end. */
async function settleOutcome(
  { log }: IngestDependencies,
  record: LogRecord,
  outcome: Outcome<unknown>,
): Promise<Settled> {
  if (outcome.kind === 'deadLetter') await log.deadLetter(record, outcome.reason, outcome.detail)
  return { record, outcome }
}

function tellOutcome({ metrics, logger }: IngestDependencies, { record, outcome }: Settled): void {
  const { kind } = outcome
  metrics.outcomes.inc({ outcome: kind, reason: kind === 'ok' ? '' : outcome.reason })
  if (kind !== 'deadLetter') return
  const { partition, offset } = record
  logger.warn({ reason: outcome.reason, partition, offset }, 'an event went to the dead letters')
}

/** Keeps an event that could not be used, with the reason; the events around it go on. */
export async function keepDeadLetter(
  dependencies: IngestDependencies,
  record: LogRecord,
  reason: DeadLetterReason,
  detail: string,
): Promise<void> {
  tellOutcome(dependencies, await settleOutcome(dependencies, record, deadLetter(reason, detail)))
}
