/**
 * Brings a restored store and log to where they may serve: what the log still held is ingested, and what was erased after
 * the backup was made is erased again, from the rows, the log and the disk.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { Registry } from 'prom-client'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { EmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { createLogEpochs } from '#platform/event-log/log-epochs.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger, LedgerEntry } from '#platform/ledger/erasure-ledger.ts'
import { createMutex } from '#platform/scheduling/mutex.ts'
import type { KnownLog } from '#platform/store/known-log.ts'
import { purgeTables } from '#platform/store/purge.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'
import { contributorTables, ownerTables } from '#schemas/privacy/personal-tables.ts'
import { createIngestMetrics } from '../../ingest/ingest-metrics.ts'
import { runIngestWorker } from '../../ingest/ingest-worker.ts'
import { continueLogEpochs } from '../../ingest/open-log-epochs.ts'
import { createErasures } from '../../privacy/erasure/erase-accounts.ts'
import { eventsOfErasure, missingErasures } from '../../privacy/erasure/erase-again.ts'

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
  /** Of the new data folder; it holds the erasures that are to be applied. */
  readonly ledger: ErasureLedger
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
  const knownLog = await continueLogEpochs({ log, store: connection, clock })
  await ingestToEnd(restored, knownLog)

  const recent = entries.filter(({ atMs }) => atMs >= madeAtMs - CLOCK_BACK_MS_MAX)
  const missing = await missingErasures(connection, recent)
  await log.append(missing.flatMap(eventsOfErasure))
  await ingestToEnd(restored, knownLog)
  await eraseFromDisk(restored, knownLog)
  return missing.length
}

/** Carries open erasures on, as the service does, until no byte of the accounts is left; their charts follow when it runs. */
async function eraseFromDisk(
  { store, log, pseudonyms, ledger, clock }: RestoredData,
  { epochs }: KnownLog,
): Promise<void> {
  const connection = store.connect('privacy')
  const alone = { chartsTurn: createMutex(), hasSnapshot: () => false }
  const options = { store: connection, log, ledger, pseudonyms, ...alone, epochs: createLogEpochs(epochs), clock }
  for (let left = await acceptedErasures(connection); left > 0; ) {
    await createErasures(options)()
    const now = await acceptedErasures(connection)
    if (now >= left) throw new TonearmError('store-unavailable', 'rows of erased accounts are still in the store')
    left = now
  }
  // What had been deleted before the backup was made may still lie in its parts.
  await purgeTables(connection, [...ownerTables, ...contributorTables])
}

/** Erasures of which rows may be left. */
async function acceptedErasures(store: StoreConnection): Promise<number> {
  const [row] = await store.rows<{ count: string }>(
    'SELECT count() AS count FROM playlists.erasures FINAL WHERE step = 1',
  )
  return Number(row?.count ?? 0)
}

async function ingestToEnd({ store, log, pseudonyms, logger }: RestoredData, knownLog: KnownLog): Promise<void> {
  const stop = new AbortController()
  const options = { log, store: store.connect('ingest'), pseudonyms, knownLog, logger, batchIntervalMs: 0 }
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
