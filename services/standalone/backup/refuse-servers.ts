import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { StandaloneConfig } from '../standalone-config.ts'

/** Throws `backup-refused` where log or store are not in the data folder: a backup of the folder would hold nothing of them. */
export function refuseServers({ KAFKA_BROKERS, CLICKHOUSE_URL }: StandaloneConfig): void {
  if (KAFKA_BROKERS === undefined && CLICKHOUSE_URL === undefined) return
  throw new TonearmError(
    'backup-refused',
    'log and store are not in the data folder: back up Kafka and ClickHouse by their own means (docs/operations.md)',
  )
}
