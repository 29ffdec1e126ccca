/**
 * Brings the store of the process to where ingest may begin, alone or beside other processes.
 * @module
 */
import type { RotatingPseudonyms } from '#platform/keys/pseudonyms.ts'
import type { KeySource } from '#platform/store/contributor-keys.ts'
import { checkMasterKey } from '#platform/store/key-check.ts'
import type { KnownLog } from '#platform/store/known-log.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { openLogEpochs } from '../ingest/open-log-epochs.ts'
import { prepareStore } from '../ingest/prepare-store.ts'
import { finishRotation } from '../privacy/rotation/rotate-contributor-key.ts'
import type { Backends } from './open-backends.ts'

export interface PrepareBackendsOptions extends KeySource {
  /** The connection of rotations. */
  readonly store: StoreConnection
  readonly pseudonyms: RotatingPseudonyms
  readonly acceptNewLog: boolean
}

/** Resolves with the log as the store knows it. Rejects as {@link prepareStore}. */
export async function prepareBackends(backends: Backends, options: PrepareBackendsOptions): Promise<KnownLog> {
  const { store: connections, log, sharedAs } = backends
  const { pseudonyms, clock } = options
  const store = connections.connect('ingest')
  if (sharedAs !== undefined) {
    const ending = new AbortController().signal
    return await prepareStore({ ...options, connections, store, log, holder: sharedAs, ending })
  }
  await migrate(connections, clock)
  await checkMasterKey(connections.connect('migrate'), pseudonyms.keyCheck, clock)
  await finishRotation(options)
  return await openLogEpochs({ ...options, log, store })
}
