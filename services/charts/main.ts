/**
 * `npm run service -- charts`: builds the charts, and serves what editors decide on. Several of these may run: one builds, and
 * the others stand by.
 * @module
 */
import { randomUUID } from 'node:crypto'
import Type from 'typebox'
import { createAuditTrail } from '#platform/audit/audit-trail.ts'
import { accessSettings, analyticsSettings, chartSettings, dataSettings } from '#platform/config/settings.ts'
import { chooseVerifier } from '#platform/process/choose-verifier.ts'
import { aborted, createLeaseGauge, leadOrStandBy } from '#platform/process/lead.ts'
import { openPseudonyms } from '#platform/process/open-pseudonyms.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import { createChartsTurn } from '#platform/store/charts-turn.ts'
import { takeContributorKey } from '#platform/store/follow-contributor-key.ts'
import { requireMasterKey } from '#platform/store/key-check.ts'
import { createLease } from '#platform/store/lease.ts'
import { requireTables } from '#platform/store/require-tables.ts'
import { chosenNoise } from './analytics/noise/chosen-noise.ts'
import { createChartMetrics } from './chart-metrics.ts'
import { chartRules } from './chart-rules.ts'
import { createMergeRoutes } from './merges/merge-routes.ts'
import { type RunningCharts, startCharts } from './start-charts.ts'

const ChartsConfig = Type.Object({
  ...serviceSettings,
  ...accessSettings,
  ...dataSettings,
  ...chartSettings,
  ...analyticsSettings,
})

runProcess({
  title: 'Tonearm charts',
  readConfig: () => readServiceConfig(ChartsConfig),
  start: (config, { logger }) =>
    startService({
      config,
      logger,
      async setUp({ server, registry, opened, ending }) {
        const clock = Date.now
        const pseudonyms = openPseudonyms(config, { mayCreate: false, logger })
        const verifyToken = await chooseVerifier(config, clock)
        const connections = openServiceStore(config, opened)
        const store = connections.connect('charts')
        const audit = createAuditTrail({ store: connections.connect('audit'), clock, newId: randomUUID })
        const editors = connections.connect('editors')
        await server.register(createMergeRoutes({ store: editors, audit, pseudonyms, verifyToken, clock }))

        const metrics = createChartMetrics(registry)
        const held = createLeaseGauge(registry)('charts')
        const holder = randomUUID()
        const turn = createChartsTurn({ store, pseudonyms, holder, signal: ending, refusesRotation: true })
        let running: RunningCharts | undefined
        return {
          dependencies: { store: () => connections.ping().then(() => undefined) },
          jobs: { charts: () => running?.problem() },
          async prepare() {
            await requireTables(store)
            await requireMasterKey(store, pseudonyms.keyCheck)
            await takeContributorKey(store, pseudonyms)
          },
          async work() {
            const lease = createLease({ store, name: 'charts', holder })
            const lead = async (until: AbortSignal) => {
              running = startCharts({
                store,
                mergesStore: connections.connect('merges'),
                rules: chartRules(config),
                expression: config.CHARTS_CRON,
                turn,
                keyVersion: () => pseudonyms.keyVersion,
                noise: chosenNoise(config, pseudonyms),
                clock,
                metrics,
                logger,
              })
              await aborted(until)
              await running.stop()
              running = undefined
            }
            await leadOrStandBy({ lease, held, ending, logger, lead })
          },
        }
      },
    }),
})
