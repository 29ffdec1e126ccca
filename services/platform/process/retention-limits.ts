import type { RetentionLimits } from '#schemas/privacy/labels.ts'

/** How long what is kept, as the settings say. */
export function retentionLimits(config: {
  readonly SESSION_RETENTION_MONTHS: number
  readonly AUDIT_RETENTION_DAYS: number
  readonly LOG_RETENTION_HOURS: number
  readonly BACKUP_RETENTION_DAYS: number
}): RetentionLimits {
  return {
    sessionMonths: config.SESSION_RETENTION_MONTHS,
    auditDays: config.AUDIT_RETENTION_DAYS,
    logHours: config.LOG_RETENTION_HOURS,
    backupDays: config.BACKUP_RETENTION_DAYS,
  }
}
