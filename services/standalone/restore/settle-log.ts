/**
 * Brings a restored store and log to where they may serve: what the log still held is ingested, and what was erased after
 * the backup was made is erased again, from the rows, the log and the disk.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { Registry } from 'prom-client'
import type { EmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { LedgerEntry } from '#platform/ledger/erasure-ledger.ts'
import { purgeTables } from '#platform/store/purge.ts'
import type { Store } from '#platform/store/store.ts'
import { ACCOUNT_EVENT_VERSION, type AccountErased } from '#schemas/events/account-event.ts'
import { contributorTables, ownerTables } from '#schemas/privacy/personal-tables.ts'
import { createIngestMetrics } from '../../ingest/ingest-metrics.ts'
import { runIngestWorker } from '../../ingest/ingest-worker.ts'
import { continueLogEpoch } from '../../ingest/log-epoch.ts'

const POLL_MS = 20
/**
 * An erasure of before the backup is in it. One that the backup does not know and that is not older than this is applied
 * all the same, for the clock may have been set back in between; the receipts of older ones may be gone from the store.
 */
const CLOCK_BACK_MS_MAX = 86_400_000

export interface RestoredData {
  readonly store: Store
  readonly log: EmbeddedEventLog
  readonly pseudonyms: Pseudonyms
  readonly logger: FastifyBaseLogger
  readonly clock: () => number
}

/** Resolves with the number of erasures that were applied again. */
export async function settleLog(
  restored: RestoredData,
  { entries, madeAtMs }: { readonly entries: readonly LedgerEntry[]; readonly madeAtMs: number },
): Promise<number> {
  const { store, log, clock } = restored
  const connection = store.connect('ingest')
  const epoch = await continueLogEpoch({ log, store: connection, clock })
  await ingestToEnd(restored, epoch)

  const known = new Set(
    (await connection.rows<{ hash: string }>('SELECT DISTINCT receipt_hash AS hash FROM playlists.erasures')).map(
      ({ hash }) => hash,
    ),
  )
  const missing = entries.filter(
    ({ receiptHash, atMs }) => !known.has(receiptHash) && atMs >= madeAtMs - CLOCK_BACK_MS_MAX,
  )
  const positions = await log.append(missing.map(toEvent))
  await ingestToEnd(restored, epoch)
  await log.erase(
    missing.flatMap(({ owner }, index) => {
      const before = positions[index]
      return before === undefined ? [] : [{ owner, before }]
    }),
  )
  // Also what had been deleted before the backup was made, and still lay in its parts.
  await purgeTables(store.connect('privacy'), [...ownerTables, ...contributorTables])
  return missing.length
}

/** The erasure as it was in the log that was lost: the same receipt, and the time at which it was asked for. */
function toEvent({ owner, receiptHash, atMs }: LedgerEntry): { owner: string; payload: Uint8Array } {
  const event: AccountErased = { v: ACCOUNT_EVENT_VERSION, type: 'account-erased', owner, at: atMs, receiptHash }
  return { owner, payload: Buffer.from(JSON.stringify(event)) }
}

async function ingestToEnd({ store, log, pseudonyms, logger }: RestoredData, epoch: number): Promise<void> {
  const stop = new AbortController()
  const options = { log, store: store.connect('ingest'), pseudonyms, epoch, logger, batchIntervalMs: 0 }
  let hasEnded = false
  const ingest = runIngestWorker({ ...options, metrics: createIngestMetrics(new Registry()) }, stop.signal).finally(
    () => {
      hasEnded = true
    },
  )
  ingest.catch(() => undefined)
  while (!hasEnded && (await log.lag('ingest')) > 0) await sleep(POLL_MS)
  stop.abort()
  await ingest
}
