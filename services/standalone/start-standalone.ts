/**
 * All services in one process: over the embedded log and store, or over Kafka and ClickHouse where the settings say so.
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { createAuditTrail } from '#platform/audit/audit-trail.ts'
import { createQueryTrail } from '#platform/audit/query-trail.ts'
import { createControlServer } from '#platform/control/control-server.ts'
import { lockFolder } from '#platform/data-folder/lock.ts'
import { createLogEpochs } from '#platform/event-log/log-epochs.ts'
import { registerOpenApi } from '#platform/http/openapi.ts'
import { createOperationsRoutes } from '#platform/http/operations-routes.ts'
import { createServer } from '#platform/http/server.ts'
import { followTlsFiles, readTlsIdentity, tlsFilesOf } from '#platform/http/tls-files.ts'
import { chooseVerifier } from '#platform/process/choose-verifier.ts'
import { createCloseStack } from '#platform/process/close-stack.ts'
import { listen } from '#platform/process/listen.ts'
import { openOwnAnalystEngine, openServerAnalystEngine } from '#platform/process/open-analyst-engine.ts'
import { openAccountKeys } from '#platform/process/open-pseudonyms.ts'

import { retentionLimits } from '#platform/process/retention-limits.ts'
import type { Running } from '#platform/process/run-process.ts'
import { createPageAccess } from '../account/pages/sign-in/page-access.ts'
import { registerAccount } from '../account/register-account.ts'
import { analystLimits } from '../analyst/analyst-settings.ts'
import { createQueryLog } from '../analyst/query-log.ts'
import { registerAnalysts } from '../analyst/register-analysts.ts'
import { chosenNoise } from '../charts/analytics/noise/chosen-noise.ts'
import { createChartMetrics } from '../charts/chart-metrics.ts'
import { chartRules } from '../charts/chart-rules.ts'
import { createMergeRoutes } from '../charts/merges/merge-routes.ts'
import { startCharts } from '../charts/start-charts.ts'
import { createIngestMetrics } from '../ingest/ingest-metrics.ts'
import { startIngest } from '../ingest/start-ingest.ts'
import { createPrivacyMetrics, startPrivacy } from '../privacy/start-privacy.ts'
import { createSiteRoutes } from '../site/site-routes.ts'
import { registerUpload } from '../upload/register-upload.ts'
import { removeSnapshot } from './backup/snapshot.ts'
import { createFolderOperations } from './folder-operations.ts'
import { openBackends } from './open-backends.ts'
import { prepareBackends } from './prepare-backends.ts'
import { refuseLeftEvents } from './refuse-left-events.ts'
import type { StandaloneConfig } from './standalone-config.ts'
import { startJobs } from './start-jobs.ts'

/** Starts everything. Throws a TonearmError where it cannot; nothing is then left open. */
export async function startStandalone(
  config: StandaloneConfig,
  options: { readonly logger: Logger; readonly clock?: () => number; readonly acceptNewLog?: boolean },
): Promise<Running> {
  const { logger, clock = Date.now, acceptNewLog = false } = options
  const opened = createCloseStack(logger)
  try {
    opened.push(lockFolder(config.DATA_DIR))
    // Of a backup that a crash broke off: it may hold what was erased since.
    removeSnapshot(config.DATA_DIR)
    await refuseLeftEvents(config, clock)
    const { pseudonyms, pageKey } = openAccountKeys(config, { mayCreate: true, logger })
    const verifyToken = await chooseVerifier(config, clock)
    const access = await createPageAccess(config, { pageKey, verifyToken, clock })
    const limits = retentionLimits(config)
    const rules = chartRules(config)
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })

    const backends = openBackends(config, { clock, logger, registry, pseudonyms, opened })
    const { store, log, ledger, turns, hasSnapshot } = backends
    const keys = { store: store.connect('rotation'), pseudonyms, clock, randomBytes }
    const knownLog = await prepareBackends(backends, { ...keys, acceptNewLog })

    const common = { log, pseudonyms, ledger, clock, logger, registry, verifyToken }
    const ingest = startIngest({
      ...common,
      store: store.connect('ingest'),
      knownLog,
      metrics: createIngestMetrics(registry, { log, clock }),
      turn: turns.ingest,
    })
    opened.push(() => ingest.stop())
    const chartMetrics = createChartMetrics(registry)
    const privacyMetrics = createPrivacyMetrics(registry)
    // Once the address is theirs: a start that is refused begins no work.
    const startAllJobs = () =>
      startJobs(
        backends,
        { logger, registry },
        {
          charts: () =>
            startCharts({
              ...common,
              store: store.connect('charts'),
              mergesStore: store.connect('merges'),
              rules,
              expression: config.CHARTS_CRON,
              turn: turns.charts,
              keyVersion: () => pseudonyms.keyVersion,
              noise: chosenNoise(config, pseudonyms),
              metrics: chartMetrics,
            }),
          privacy: () =>
            startPrivacy({
              ...common,
              store: store.connect('privacy'),
              retentionStore: store.connect('retention'),
              turns,
              limits,
              expression: config.RETENTION_CRON,
              hasSnapshot,
              epochs: createLogEpochs(knownLog.epochs),
              metrics: privacyMetrics,
            }),
        },
      )
    let jobs: ReturnType<typeof startAllJobs> | undefined
    opened.push(() => jobs?.stop())

    const tlsFiles = tlsFilesOf(config)
    const tls = tlsFiles && readTlsIdentity(tlsFiles)
    const server = createServer({ logger, tls, registry })
    opened.push(() => server.close())
    if (tlsFiles && tls) opened.push(followTlsFiles(server, { files: tlsFiles, identity: tls, logger }))
    await registerOpenApi(server)
    await server.register(
      createOperationsRoutes({
        registry,
        dependencies: {
          log: () => log.lag('ingest').then(() => undefined),
          store: () => store.ping().then(() => undefined),
        },
        jobs: {
          charts: () => jobs?.running('charts')?.problem(),
          retention: () => jobs?.running('privacy')?.retention.problem(),
          erasure: () => jobs?.running('privacy')?.erasure.problem(),
        },
      }),
    )
    const uploads = { store: store.connect('upload'), uploadsPerMinute: config.UPLOADS_PER_MINUTE }
    opened.push(await registerUpload(server, { ...common, ...uploads }))
    const audit = createAuditTrail({ store: store.connect('audit'), clock, newId: randomUUID })
    const accounts = { store: store.connect('account'), exportsStore: store.connect('exports'), audit, access }
    await registerAccount(server, { ...common, ...accounts })
    await server.register(createMergeRoutes({ ...common, store: store.connect('editors'), audit }))
    await server.register(
      createSiteRoutes({
        store: store.connect('site'),
        clock,
        chartMinDjs: rules.minimumDjs,
        chartFinalAfterDays: config.CHART_FINAL_AFTER_DAYS,
        chartMinChangedDjs: rules.minimumChangedDjs,
        takeBackHoursMax: rules.takeBackHoursMax,
        limits,
        publicUrl: config.PUBLIC_URL,
      }),
    )
    const analystsLimits = analystLimits(config.ANALYTICS_SECONDS_MAX)
    const queryLog = createQueryLog({ trail: createQueryTrail(store.connect('audit')), newId: randomUUID, logger })
    const analystsFolders = { folder: join(config.DATA_DIR, 'store'), files: join(config.DATA_DIR, 'results') }
    const analysts =
      config.CLICKHOUSE_URL === undefined
        ? openOwnAnalystEngine({ ...analystsFolders, limits: analystsLimits }, opened)
        : openServerAnalystEngine(config, opened)
    opened.push(await registerAnalysts(server, { ...common, ...analysts, limits: analystsLimits, queryLog }))
    const operations = createFolderOperations(config, backends, { ...keys, logger })
    const control = await createControlServer({ dataDir: config.DATA_DIR, operations, logger })
    opened.push(() => control.close())
    // First of all: others wait for the build that is under way, and it ends with the period in hand.
    opened.push(() => {
      backends.endWaiting()
      jobs?.running('charts')?.endBuilds()
    })
    const address = await listen(server, config)
    jobs = startAllJobs()
    return { address, ended: ingest.ended, close: () => opened.closeAll() }
  } catch (cause) {
    await opened.closeAll()
    throw cause
  }
}
