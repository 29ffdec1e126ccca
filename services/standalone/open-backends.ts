/**
 * The log, the store and the ledger of the whole service in one process.
 * @module
 */
import { join } from 'node:path'
import { type EmbeddedEventLog, openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { type ErasureLedger, openErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import type { CloseStack } from '#platform/process/close-stack.ts'
import { createJobTurns, type JobTurns } from '#platform/scheduling/mutex.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { Store } from '#platform/store/store.ts'
import { erasureLedgerFile } from './backup/ledger-file.ts'
import { hasSnapshot } from './backup/snapshot.ts'
import type { StandaloneConfig } from './standalone-config.ts'

/** Batches of ingest: large enough for few parts in the store, small enough for little memory. */
const BATCH_BYTES_MAX = 8 * 1024 * 1024
const BATCH_EVENTS_MAX = 2_000

export interface Backends {
  readonly store: Store
  readonly log: EventLog
  readonly ledger: ErasureLedger
  readonly turns: JobTurns
  /** Whether a backup is being written. */
  readonly hasSnapshot: () => boolean
  /** What a backup copies: both as files of the data folder. `undefined` where one of them is elsewhere. */
  readonly folder?: { readonly log: EmbeddedEventLog }
}

/** Opens them; throws a TonearmError where one cannot be. They are closed with `opened`. */
export function openBackends(
  config: StandaloneConfig,
  { clock, opened }: { readonly clock: () => number; readonly opened: CloseStack },
): Backends {
  const store = openEmbeddedStore({ folder: join(config.DATA_DIR, 'store'), limitsJobs: true })
  opened.push(() => store.close())
  const log = openEmbeddedEventLog({
    folder: join(config.DATA_DIR, 'log'),
    clock,
    batchBytesMax: BATCH_BYTES_MAX,
    batchRecordsMax: BATCH_EVENTS_MAX,
  })
  opened.push(() => log.close())
  return {
    store,
    log,
    ledger: openErasureLedger(erasureLedgerFile(config)),
    turns: createJobTurns(),
    hasSnapshot: () => hasSnapshot(config.DATA_DIR),
    folder: { log },
  }
}
