/**
 * The settings of the whole service in one process.
 * @module
 */
import Type, { type Static } from 'typebox'
import { readIdentityProvider } from '#platform/config/identity-provider.ts'
import { type ReadConfig, readConfig } from '#platform/config/read-config.ts'
import { allSettings } from '#platform/config/settings.ts'
import { readSignIn } from '#platform/config/sign-in.ts'
import { tlsFilesOf } from '#platform/http/tls-files.ts'
import { readKafkaConnection } from '#platform/kafka/kafka-connection.ts'
import { readClickhouseUrl } from '#platform/process/open-service-store.ts'
import { checkCronExpression } from '#platform/scheduling/cron-job.ts'

const StandaloneConfig = Type.Object(allSettings)
export type StandaloneConfig = Static<typeof StandaloneConfig>

/** Throws `config-invalid` in one line that names the setting. */
export function readStandaloneConfig(
  environment: Record<string, string | undefined>,
): ReadConfig<typeof StandaloneConfig> {
  const read = readConfig(StandaloneConfig, environment)
  checkCronExpression('CHARTS_CRON', read.config.CHARTS_CRON)
  checkCronExpression('RETENTION_CRON', read.config.RETENTION_CRON)
  // These throw where a part is missing, or of no use.
  readIdentityProvider(read.config)
  readSignIn(read.config)
  readKafkaConnection(read.config)
  readClickhouseUrl(read.config)
  tlsFilesOf(read.config)
  return read
}
