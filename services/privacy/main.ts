/**
 * `npm run service -- privacy`: erasure and retention, in a process of its own. Several of these may run: one works, and the
 * others stand by.
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto'
import Type from 'typebox'
import { backupSettings, dataSettings, kafkaSettings, logSettings, privacySettings } from '#platform/config/settings.ts'
import { createLogEpochs } from '#platform/event-log/log-epochs.ts'
import { aborted, createLeaseGauge, leadOrStandBy } from '#platform/process/lead.ts'
import { openPseudonyms } from '#platform/process/open-pseudonyms.ts'
import { openServiceLedger, openServiceLog } from '#platform/process/open-service-log.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { retentionLimits } from '#platform/process/retention-limits.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import { createMutex } from '#platform/scheduling/mutex.ts'
import { createChartsTurn } from '#platform/store/charts-turn.ts'
import { takeContributorKey } from '#platform/store/follow-contributor-key.ts'
import { requireMasterKey } from '#platform/store/key-check.ts'
import { requireKnownLog } from '#platform/store/known-log.ts'
import { createLease } from '#platform/store/lease.ts'
import { requireTables } from '#platform/store/require-tables.ts'
import { eraseAgain } from './erasure/erase-again.ts'
import { finishRotation } from './rotation/rotate-contributor-key.ts'
import { createPrivacyMetrics, type RunningPrivacy, startPrivacy } from './start-privacy.ts'

const PrivacyConfig = Type.Object({
  ...serviceSettings,
  ...dataSettings,
  ...kafkaSettings,
  ...logSettings,
  ...privacySettings,
  ...backupSettings,
})

runProcess({
  title: 'Tonearm privacy',
  readConfig: () => readServiceConfig(PrivacyConfig),
  start: (config, { logger }) =>
    startService({
      config,
      logger,
      async setUp({ registry, opened, ending }) {
        const clock = Date.now
        const pseudonyms = openPseudonyms(config, { mayCreate: false, logger })
        const connections = openServiceStore(config, opened)
        const store = connections.connect('privacy')
        const log = openServiceLog(config, { store, logger, registry, opened })
        const ledger = openServiceLedger(config, { logger, opened })
        const limits = retentionLimits(config)
        const metrics = createPrivacyMetrics(registry)
        const held = createLeaseGauge(registry)('privacy')
        const holder = randomUUID()
        // Ingest is another process, and its batches are kept apart by versions of rows alone.
        const charts = createChartsTurn({ store, pseudonyms, holder, signal: ending, refusesRotation: false })
        const turns = { ingest: createMutex(), charts }
        const rotation = { store: connections.connect('rotation'), pseudonyms, clock, randomBytes }
        let running: RunningPrivacy | undefined
        return {
          dependencies: {
            log: () => log.identity().then(() => undefined),
            store: () => connections.ping().then(() => undefined),
          },
          jobs: {
            retention: () => running?.retention.problem(),
            erasure: () => running?.erasure.problem(),
          },
          async prepare() {
            await requireTables(store)
            await requireMasterKey(store, pseudonyms.keyCheck)
            await takeContributorKey(store, pseudonyms)
            await requireKnownLog(store)
          },
          async work() {
            const lease = createLease({ store, name: 'privacy', holder })
            const lead = async (until: AbortSignal) => {
              const { epochs } = await requireKnownLog(store)
              await charts.run(() => finishRotation(rotation))
              await eraseAgain({ store, log, ledger, limits, clock, logger })
              running = startPrivacy({
                store,
                retentionStore: connections.connect('retention'),
                log,
                ledger,
                pseudonyms,
                turns,
                limits,
                expression: config.RETENTION_CRON,
                // Backups are those of the server, which hold nothing on our account.
                hasSnapshot: () => false,
                epochs: createLogEpochs(epochs),
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
