/**
 * Erases again who was erased after the moment that a restored store is of: the ledger knows them, the store does not.
 *
 * They go the way of every erasure, by events of the log, so that what is restored of them is deleted in its order.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { ErasureLedger, LedgerEntry } from '#platform/ledger/erasure-ledger.ts'
import { readLogPositions } from '#platform/store/known-log.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { ACCOUNT_EVENT_VERSION, type AccountBlock, type AccountErased } from '#schemas/events/account-event.ts'
import type { RetentionLimits } from '#schemas/privacy/labels.ts'

/** Younger ones are on their way through the log; also after a restore, for the log holds hours. */
const AGE_MS_MIN = 3_600_000
/** A receipt is kept so long; of older erasures nothing tells any more that they were carried through. */
const DAY_MS = 86_400_000

export interface EraseAgainOptions {
  readonly store: StoreConnection
  readonly log: Pick<EventLog, 'append' | 'identity'>
  readonly ledger: Pick<ErasureLedger, 'read'>
  readonly limits: Pick<RetentionLimits, 'auditDays'>
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly logger: FastifyBaseLogger
}

/**
 * Resolves with the number of erasures that were asked for again, which is 0 but after a restore. Asking twice is safe. Rejects
 * with `store-unavailable` while the store is behind the log: what it lacks may be on its way, with a new beginning behind it.
 */
export async function eraseAgain(options: EraseAgainOptions): Promise<number> {
  const { store, log, ledger, limits, clock, logger } = options
  const nowMs = clock()
  const entries = (await ledger.read()).filter(
    ({ atMs }) => atMs <= nowMs - AGE_MS_MIN && atMs > nowMs - (limits.auditDays - 1) * DAY_MS,
  )
  const missing = await missingErasures(store, entries)
  if (missing.length > 0) await requireCaughtUp(store, log)
  for (const entry of missing) await log.append(eventsOfErasure(entry))
  if (missing.length > 0) logger.warn({ erasures: missing.length }, 'erased again after a restore')
  return missing.length
}

async function requireCaughtUp(store: StoreConnection, log: Pick<EventLog, 'identity'>): Promise<void> {
  const { id, endOffsets } = await log.identity()
  const positions = await readLogPositions(store, id)
  if (endOffsets.some((end, partition) => end > (positions.get(partition) ?? 0))) {
    throw new TonearmError('store-unavailable', 'the store is behind the log: erasures may be on their way')
  }
}

/** Those of the ledger that the store knows nothing of. */
export async function missingErasures(store: StoreConnection, entries: readonly LedgerEntry[]): Promise<LedgerEntry[]> {
  const rows = await store.rows<{ hash: string }>('SELECT DISTINCT receipt_hash AS hash FROM playlists.erasures')
  const known = new Set(rows.map(({ hash }) => hash))
  return entries.filter(({ receiptHash }) => !known.has(receiptHash))
}

/** The erasure as it was in the log that was lost: the same receipt, and the time at which it was asked for. */
export function eventsOfErasure({ owner, receiptHash, atMs, block }: LedgerEntry) {
  const envelope = { v: ACCOUNT_EVENT_VERSION, owner, at: atMs } as const
  const erased: AccountErased = { ...envelope, type: 'account-erased', receiptHash }
  const blocked: AccountBlock[] = block === undefined ? [] : [{ ...envelope, type: 'account-block', block }]
  return [erased, ...blocked].map((event) => ({ owner, payload: Buffer.from(JSON.stringify(event)) }))
}
