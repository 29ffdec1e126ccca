/**
 * Holds the log of the data folder against a move to Kafka: what it has confirmed and ingest has not stored would be read by
 * nobody any more.
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import type { StandaloneConfig } from './standalone-config.ts'

/** Throws `other-log` where brokers are set and the log in `DATA_DIR` holds events that are not stored yet. */
export async function refuseLeftEvents(
  { DATA_DIR, KAFKA_BROKERS }: Pick<StandaloneConfig, 'DATA_DIR' | 'KAFKA_BROKERS'>,
  clock: () => number,
): Promise<void> {
  const folder = join(DATA_DIR, 'log')
  if (KAFKA_BROKERS === undefined || !existsSync(folder)) return
  const log = openEmbeddedEventLog({ folder, clock })
  const left = await log.lag('ingest').finally(() => log.close())
  if (left > 0) {
    throw new TonearmError(
      'other-log',
      `the event log in DATA_DIR holds ${left} events that are not stored yet: start once without KAFKA_BROKERS`,
    )
  }
}
