/**
 * `npm run -s privacy:report [-- --format markdown|json]`: the register of processing, with the limits that the settings in
 * the environment give.
 * @module
 */
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import { backupSettings, logSettings, privacySettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { makeRegister } from './register.ts'
import { toMarkdown } from './register-markdown.ts'

const USAGE = 'Usage: npm run -s privacy:report [-- --format markdown|json]'
const { SESSION_RETENTION_MONTHS, AUDIT_RETENTION_DAYS } = privacySettings
const { LOG_RETENTION_HOURS } = logSettings
const { BACKUP_RETENTION_DAYS } = backupSettings
const settings = Type.Object({
  SESSION_RETENTION_MONTHS,
  AUDIT_RETENTION_DAYS,
  LOG_RETENTION_HOURS,
  BACKUP_RETENTION_DAYS,
})

function main(): void {
  const { values } = parseArgs({ options: { format: { type: 'string', default: 'markdown' } } })
  // Settings of the service that the report does not need are none of its business.
  const given = Object.fromEntries(Object.keys(settings.properties).map((name) => [name, process.env[name]]))
  const { config } = readConfig(settings, given)
  const register = makeRegister({
    sessionMonths: config.SESSION_RETENTION_MONTHS,
    auditDays: config.AUDIT_RETENTION_DAYS,
    logHours: config.LOG_RETENTION_HOURS,
    backupDays: config.BACKUP_RETENTION_DAYS,
  })
  if (values.format === 'json') console.log(JSON.stringify(register, null, 2))
  else if (values.format === 'markdown') process.stdout.write(toMarkdown(register))
  else {
    console.error(USAGE)
    process.exitCode = 2
  }
}

try {
  main()
} catch (cause) {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : USAGE)
  process.exitCode = 2
}
