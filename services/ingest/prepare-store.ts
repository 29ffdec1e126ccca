/**
 * Brings a store to where ingest may begin: its tables, the master key that it is of, the key of contributors, and the log
 * that it is filled from. One process at a time does that, for each of these is written once.
 * @module
 */
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { RotatingPseudonyms } from '#platform/keys/pseudonyms.ts'
import { type KeySource, openContributorKey } from '#platform/store/contributor-keys.ts'
import { checkMasterKey } from '#platform/store/key-check.ts'
import type { KnownLog } from '#platform/store/known-log.ts'
import { migrateAlone } from '#platform/store/migrate-alone.ts'
import { refuseRotation } from '#platform/store/refuse-rotation.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'
import { openLogEpochs } from './open-log-epochs.ts'

export interface PrepareStoreOptions extends KeySource {
  readonly connections: Store
  readonly store: StoreConnection
  readonly log: Pick<EventLog, 'identity'>
  readonly pseudonyms: RotatingPseudonyms
  /** Tells this process apart; random. */
  readonly holder: string
  readonly acceptNewLog: boolean
  /** Ends the waiting for others. */
  readonly ending: AbortSignal
}

/** Resolves with the log as the store knows it. Rejects as the store and the log do,, with `key-mismatch` and `other-log`, and with `busy` while the contributor key is being rotated. */
export function prepareStore(options: PrepareStoreOptions): Promise<KnownLog> {
  const { connections, store, log, pseudonyms, holder, acceptNewLog, clock, ending } = options
  return migrateAlone({ connections, holder, clock, ending }, async () => {
    await checkMasterKey(store, pseudonyms.keyCheck, clock)
    await refuseRotation(store)
    pseudonyms.useContributorKey(await openContributorKey(store, options))
    return await openLogEpochs({ log, store, acceptNewLog, clock })
  })
}
