/**
 * The settings of the whole service in one process.
 * @module
 */
import Type, { type Static } from 'typebox'
import { type ReadConfig, readConfig } from '#platform/config/read-config.ts'
import { chartSettings, dataSettings, logSettings, serverSettings, uploadSettings } from '#platform/config/settings.ts'
import { checkCronExpression } from '../charts/charts-schedule.ts'

const StandaloneConfig = Type.Object({
  ...serverSettings,
  ...dataSettings,
  ...logSettings,
  ...uploadSettings,
  ...chartSettings,
})
export type StandaloneConfig = Static<typeof StandaloneConfig>

/** Throws `config-invalid` in one line that names the setting. */
export function readStandaloneConfig(
  environment: Record<string, string | undefined>,
): ReadConfig<typeof StandaloneConfig> {
  const read = readConfig(StandaloneConfig, environment)
  checkCronExpression('CHARTS_CRON', read.config.CHARTS_CRON)
  return read
}
