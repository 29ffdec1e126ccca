/**
 * A rotation of the contributor key in a store that several processes share.
 *
 * Builds are kept out by their turn. Ingest has no turn over processes: it has to be ended before, and is kept from beginning
 * meanwhile; uploads go on, for the log keeps what they bring.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { Registry } from 'prom-client'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { createCloseStack } from '#platform/process/close-stack.ts'
import { openPseudonyms } from '#platform/process/open-pseudonyms.ts'
import { requireMasterKey } from '#platform/store/key-check.ts'
import { createLease } from '#platform/store/lease.ts'
import { requireTables } from '#platform/store/require-tables.ts'
import {
  createRotation,
  finishRotation,
  type RotationProgress,
  type RotationResult,
} from '../../privacy/rotation/rotate-contributor-key.ts'
import { openBackends } from '../open-backends.ts'
import type { StandaloneConfig } from '../standalone-config.ts'

/** A process that was prepared just before has joined its group by then. */
const JOIN_MS_MAX = 5_000

/** Rejects with `busy` while ingest runs anywhere, and as the store and the log do. */
export async function rotateShared(config: StandaloneConfig, progress: RotationProgress): Promise<RotationResult> {
  const logger = createLogger({ level: config.LOG_LEVEL, destination: pino.destination(2) })
  const opened = createCloseStack(logger)
  try {
    const clock = Date.now
    const pseudonyms = openPseudonyms(config, { mayCreate: false, logger })
    const registry = new Registry()
    const backends = openBackends(config, { clock, logger, registry, pseudonyms, opened })
    const { store: connections, log, turns, sharedAs = '' } = backends
    const store = connections.connect('rotation')
    await requireTables(store)
    await requireMasterKey(store, pseudonyms.keyCheck)
    const keys = { store, pseudonyms, clock, randomBytes }
    progress({ step: 'waiting for ingest to be gone' })
    // As long as it is held no ingest process begins (prepare-store.ts).
    const setup = await createLease({ store, name: 'setup', holder: sharedAs }).acquire(new AbortController().signal)
    try {
      await sleep(JOIN_MS_MAX)
      if (await log.hasConsumers('ingest')) {
        throw new TonearmError('busy', 'ingest is running: end all its processes first; uploads go on meanwhile')
      }
      await turns.charts.run(() => finishRotation(keys))
      return await createRotation({ ...keys, turns, logger })(progress)
    } finally {
      await setup.release()
    }
  } finally {
    await opened.closeAll()
  }
}
