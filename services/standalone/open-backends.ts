/**
 * The log, the store and the ledger of the whole service in one process: in its data folder, or where the settings say.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { type EmbeddedEventLog, openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { measureAppends } from '#platform/event-log/measure-appends.ts'
import type { RotatingPseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import type { CloseStack } from '#platform/process/close-stack.ts'
import { batchLimits, openServiceLedger, openServiceLog } from '#platform/process/open-service-log.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { createJobTurns, createMutex, type JobTurns } from '#platform/scheduling/mutex.ts'
import { createChartsTurn } from '#platform/store/charts-turn.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import type { Store } from '#platform/store/store.ts'
import { erasureLedgerFile } from './backup/ledger-file.ts'
import { hasSnapshot } from './backup/snapshot.ts'
import type { StandaloneConfig } from './standalone-config.ts'

export interface Backends {
  readonly store: Store
  readonly log: EventLog
  readonly ledger: ErasureLedger
  readonly turns: JobTurns
  /** Ends the waiting for a turn that another process has. */
  readonly endWaiting: () => void
  /** Whether a backup is being written. */
  readonly hasSnapshot: () => boolean
  /** Names this process where other processes may use the same store; `undefined` where it is this one's alone. */
  readonly sharedAs: string | undefined
  /** The log, where it and the store lie in the data folder: what a backup copies. */
  readonly ownLog: EmbeddedEventLog | undefined
}

export interface OpenBackendsOptions {
  readonly clock: () => number
  readonly logger: Logger
  readonly registry: Registry
  readonly pseudonyms: RotatingPseudonyms
  readonly opened: CloseStack
}

/** Opens them; throws a TonearmError where one cannot be. They are closed with `opened`. */
export function openBackends(config: StandaloneConfig, options: OpenBackendsOptions): Backends {
  const { registry, pseudonyms, opened } = options
  const isShared = config.CLICKHOUSE_URL !== undefined
  const store = isShared ? openServiceStore(config, opened) : openOwnStore(config, opened)
  const brokers = { ...options, store: store.connect('ingest') }
  const ownLog = config.KAFKA_BROKERS === undefined ? openOwnLog(config, options) : undefined
  const sharedAs = isShared ? randomUUID() : undefined
  const waiting = new AbortController()
  return {
    store,
    log: ownLog === undefined ? openServiceLog(config, brokers) : measureAppends(ownLog, registry),
    ledger: ownLog === undefined ? openServiceLedger(config, options) : openErasureLedger(erasureLedgerFile(config)),
    turns: sharedAs === undefined ? createJobTurns() : sharedTurns(store, pseudonyms, sharedAs, waiting.signal),
    endWaiting: () => waiting.abort(),
    hasSnapshot: () => hasSnapshot(config.DATA_DIR),
    sharedAs,
    ownLog: isShared ? undefined : ownLog,
  }
}

function openOwnStore(config: StandaloneConfig, opened: CloseStack): Store {
  const store = openEmbeddedStore({ folder: join(config.DATA_DIR, 'store'), limitsJobs: true })
  opened.push(() => store.close())
  return store
}

function openOwnLog(config: StandaloneConfig, { clock, opened }: OpenBackendsOptions): EmbeddedEventLog {
  const log = openEmbeddedEventLog({ folder: join(config.DATA_DIR, 'log'), clock, ...batchLimits })
  opened.push(() => log.close())
  return log
}

function sharedTurns(
  connections: Store,
  pseudonyms: RotatingPseudonyms,
  holder: string,
  signal: AbortSignal,
): JobTurns {
  const store = connections.connect('charts')
  const charts = createChartsTurn({ store, pseudonyms, holder, signal, refusesRotation: false })
  return { ingest: createMutex(), charts }
}
