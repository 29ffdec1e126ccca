/**
 * The event log and the ledger of a process that shares them with others: those of the brokers in its settings.
 * @module
 */
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { TonearmError } from '../errors/tonearm-error.ts'
import type { EventLog } from '../event-log/event-log.ts'
import { openKafkaEventLog } from '../event-log/kafka-event-log.ts'
import { measureAppends } from '../event-log/measure-appends.ts'
import { type KafkaConnection, type KafkaSettings, readKafkaConnection } from '../kafka/kafka-connection.ts'
import type { ErasureLedger } from '../ledger/erasure-ledger.ts'
import { openKafkaErasureLedger } from '../ledger/kafka-erasure-ledger.ts'
import { readKnownLog } from '../store/known-log.ts'
import type { StoreConnection } from '../store/store.ts'
import type { CloseStack } from './close-stack.ts'

/** Batches of ingest: large enough for few parts in the store, small enough for little memory. */
export const batchLimits = { batchBytesMax: 8 * 1024 * 1024, batchRecordsMax: 2_000 }

const CLIENT_ID = 'tonearm'

export interface OpenServiceLogOptions {
  /** Where the number of partitions is written that owners are shared over. */
  readonly store: StoreConnection
  readonly logger: Logger
  readonly registry: Registry
  readonly opened: CloseStack
}

/** Nothing is connected before its first use. Throws `config-invalid` where the settings cannot be used. */
export function openServiceLog(config: KafkaSettings, options: OpenServiceLogOptions): EventLog {
  const { store, logger, registry, opened } = options
  const log = openKafkaEventLog({
    ...requireConnection(config),
    clientId: CLIENT_ID,
    logger,
    clock: Date.now,
    partitions: async () => (await readKnownLog(store))?.partitions,
    ...batchLimits,
  })
  opened.push(() => log.close())
  return measureAppends(log, registry)
}

/** As {@link openServiceLog}. */
export function openServiceLedger(
  config: KafkaSettings,
  { logger, opened }: Pick<OpenServiceLogOptions, 'logger' | 'opened'>,
): ErasureLedger {
  const ledger = openKafkaErasureLedger({ ...requireConnection(config), clientId: CLIENT_ID, logger })
  opened.push(() => ledger.close())
  return ledger
}

function requireConnection(config: KafkaSettings): KafkaConnection {
  const connection = readKafkaConnection(config)
  if (connection === undefined) throw new TonearmError('config-invalid', 'KAFKA_BROKERS: missing')
  return connection
}
