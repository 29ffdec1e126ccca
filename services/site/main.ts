/**
 * `npm run service -- site`: everything that is public, in a process of its own. Any number of these may run.
 * @module
 */
import Type from 'typebox'
import { backupSettings, chartSettings, logSettings, privacySettings, siteSettings } from '#platform/config/settings.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { retentionLimits } from '#platform/process/retention-limits.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import { requireTables } from '#platform/store/require-tables.ts'
import { createSiteRoutes } from './site-routes.ts'

const SiteConfig = Type.Object({
  ...serviceSettings,
  ...chartSettings,
  ...siteSettings,
  // Told on the privacy page.
  ...logSettings,
  ...privacySettings,
  ...backupSettings,
})

runProcess({
  title: 'Tonearm site',
  readConfig: () => readServiceConfig(SiteConfig),
  start: (config, { logger }) =>
    startService({
      config,
      logger,
      async setUp({ server, opened }) {
        const connections = openServiceStore(config, opened)
        const store = connections.connect('site')
        await server.register(
          createSiteRoutes({
            store,
            clock: Date.now,
            chartMinDjs: config.CHART_MIN_DJS,
            chartFinalAfterDays: config.CHART_FINAL_AFTER_DAYS,
            chartMinChangedDjs: config.CHART_MIN_CHANGED_DJS ?? config.CHART_MIN_DJS,
            takeBackHoursMax: config.TAKE_BACK_HOURS_MAX,
            limits: retentionLimits(config),
            publicUrl: config.PUBLIC_URL,
          }),
        )
        return {
          dependencies: { store: () => connections.ping().then(() => undefined) },
          prepare: () => requireTables(store),
        }
      },
    }),
})
