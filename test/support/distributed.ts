/**
 * All that the services share in distributed mode: a real broker, a ClickHouse server, and eyes on both.
 * @module
 */
import { pino } from 'pino'
import { afterAll } from 'vitest'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { openHttpStore } from '#platform/store/http-store.ts'
import type { Store } from '#platform/store/store.ts'
import { type ClickhouseServer, startClickhouse } from './clickhouse-server.ts'
import { startBroker, type TestBroker } from './kafka-broker.ts'
import { openServices, type Services } from './start-services.ts'

export interface Distributed {
  readonly broker: TestBroker
  readonly clickhouse: ClickhouseServer
  readonly services: Services
  /** The test's own view of the log and the store. */
  readonly log: EventLog
  readonly store: Store
}

const closing = new Set<() => Promise<void>>()
// Before the broker and the store go, whose files registered their own end earlier.
afterAll(async () => {
  for (const close of closing) await close()
})

/** Starts them; they go when the test file ends. */
export async function openDistributed(
  options: { readonly partitions?: number; readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<Distributed> {
  const { partitions = 4, settings = {} } = options
  const [broker, clickhouse] = await Promise.all([startBroker({ partitions }), startClickhouse()])
  const services = await openServices({ brokers: broker.brokers, clickhouseUrl: clickhouse.url, settings })
  const logger = pino({ level: 'silent' })
  const log = openKafkaEventLog({ brokers: [broker.brokers], tls: false, clientId: 'test', logger, clock: Date.now })
  const store = openHttpStore({ url: clickhouse.url, user: 'default' })
  closing.add(async () => {
    await log.close()
    await store.close()
  })
  return { broker, clickhouse, services, log, store }
}
