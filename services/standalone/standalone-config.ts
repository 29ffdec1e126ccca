/**
 * The settings of the whole service in one process.
 * @module
 */
import Type, { type Static } from 'typebox'
import { readIdentityProvider } from '#platform/config/identity-provider.ts'
import { type ReadConfig, readConfig } from '#platform/config/read-config.ts'
import {
  accessSettings,
  backupSettings,
  chartSettings,
  dataSettings,
  logSettings,
  privacySettings,
  serverSettings,
  tlsSettings,
  uploadSettings,
} from '#platform/config/settings.ts'
import { tlsFilesOf } from '#platform/http/tls-files.ts'
import { checkCronExpression } from '#platform/scheduling/cron-job.ts'
import type { RetentionLimits } from '#schemas/privacy/labels.ts'

const StandaloneConfig = Type.Object({
  ...serverSettings,
  ...tlsSettings,
  ...accessSettings,
  ...dataSettings,
  ...logSettings,
  ...uploadSettings,
  ...chartSettings,
  ...privacySettings,
  ...backupSettings,
})
export type StandaloneConfig = Static<typeof StandaloneConfig>

/** Throws `config-invalid` in one line that names the setting. */
export function readStandaloneConfig(
  environment: Record<string, string | undefined>,
): ReadConfig<typeof StandaloneConfig> {
  const read = readConfig(StandaloneConfig, environment)
  checkCronExpression('CHARTS_CRON', read.config.CHARTS_CRON)
  checkCronExpression('RETENTION_CRON', read.config.RETENTION_CRON)
  // Both throw where a part is missing.
  readIdentityProvider(read.config)
  tlsFilesOf(read.config)
  return read
}

/** How long what is kept, as the settings say. */
export function retentionLimits(config: StandaloneConfig): RetentionLimits {
  return {
    sessionMonths: config.SESSION_RETENTION_MONTHS,
    auditDays: config.AUDIT_RETENTION_DAYS,
    logHours: config.LOG_RETENTION_HOURS,
    backupDays: config.BACKUP_RETENTION_DAYS,
  }
}
