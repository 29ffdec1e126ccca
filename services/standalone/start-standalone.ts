/**
 * All services in one process, over the embedded log and store.
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { createAuditTrail } from '#platform/audit/audit-trail.ts'
import { createControlServer } from '#platform/control/control-server.ts'
import { lockFolder } from '#platform/data-folder/lock.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { registerOpenApi } from '#platform/http/openapi.ts'
import { createOperationsRoutes } from '#platform/http/operations-routes.ts'
import { createServer } from '#platform/http/server.ts'
import { followTlsFiles, readTlsIdentity, tlsFilesOf } from '#platform/http/tls-files.ts'
import { canOthersRead, readMasterKey } from '#platform/keys/master-key.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { openErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import { createJobTurns } from '#platform/scheduling/mutex.ts'
import { watchClosedAccounts } from '#platform/store/closed-accounts.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { checkMasterKey } from '#platform/store/key-check.ts'
import { migrate } from '#platform/store/migrate.ts'
import { createAccountRoutes } from '../account/account-routes.ts'
import { createAdminRoutes } from '../account/admin/admin-routes.ts'
import { createErasureRoutes } from '../account/erasure-routes.ts'
import { createChartBuilder } from '../charts/build-charts.ts'
import { createChartMetrics } from '../charts/chart-metrics.ts'
import { startChartsSchedule } from '../charts/charts-schedule.ts'
import { startMatchJob } from '../charts/merges/match-job.ts'
import { createMergeRoutes } from '../charts/merges/merge-routes.ts'
import { readUnknownGenres } from '../charts/unknown-genres.ts'
import { createIngestMetrics } from '../ingest/ingest-metrics.ts'
import { runIngestWorker } from '../ingest/ingest-worker.ts'
import { readLogEpoch } from '../ingest/log-epoch.ts'
import { startErasureSchedule } from '../privacy/erasure/erasure-schedule.ts'
import { startLedgerRetention } from '../privacy/ledger-retention.ts'
import { startLogRetention } from '../privacy/log-retention.ts'
import { createRetentionMetrics } from '../privacy/retention/retention-metrics.ts'
import { startRetentionSchedule } from '../privacy/retention/retention-schedule.ts'
import { finishRotation } from '../privacy/rotation/rotate-contributor-key.ts'
import { createSiteRoutes } from '../site/site-routes.ts'
import { createUploadRoutes } from '../upload/routes.ts'
import { createUploadMetrics } from '../upload/upload-metrics.ts'
import { backupDependencies } from './backup/backup-dependencies.ts'
import { createBackupOperation } from './backup/backup-operation.ts'
import { erasureLedgerFile } from './backup/ledger-file.ts'
import { hasSnapshot, removeSnapshot } from './backup/snapshot.ts'
import { chooseVerifier } from './choose-verifier.ts'
import { createRotateOperation } from './keys/rotate-operation.ts'
import { retentionLimits, type StandaloneConfig } from './standalone-config.ts'

/** Batches of ingest: large enough for few parts in the store, small enough for little memory. */
const BATCH_BYTES_MAX = 8 * 1024 * 1024
const BATCH_EVENTS_MAX = 2_000

export interface RunningStandalone {
  /** Where it serves: `http://127.0.0.1:8080`. */
  readonly address: string
  /** Resolves when ingest has ended, rejects when it broke: the process is then of no use any more. */
  readonly ingest: Promise<void>
  /** Ends it in order: no new requests, the batch in hand stored, files closed. */
  close(): Promise<void>
}

/** Starts everything. Throws a TonearmError where it cannot; nothing is then left open. */
export async function startStandalone(
  config: StandaloneConfig,
  options: { readonly logger: FastifyBaseLogger; readonly clock?: () => number; readonly acceptNewLog?: boolean },
): Promise<RunningStandalone> {
  const { logger, clock = Date.now } = options
  const opened: (() => Promise<void> | void)[] = []
  const closeAll = async () => {
    for (const close of opened.splice(0).reverse()) {
      try {
        await close()
      } catch (cause) {
        // One that cannot be closed must not keep the others open.
        logger.warn({ error: cause instanceof Error ? cause.name : typeof cause }, 'something could not be closed')
      }
    }
  }
  try {
    opened.push(lockFolder(config.DATA_DIR))
    // Of a backup that a crash broke off: it may hold what was erased since.
    removeSnapshot(config.DATA_DIR)
    const masterKeyFile = config.MASTER_KEY_FILE ?? join(config.DATA_DIR, 'keys', 'master.key')
    const pseudonyms = createPseudonyms(
      readMasterKey({
        masterKey: config.MASTER_KEY,
        file: masterKeyFile,
        mayCreate: config.MASTER_KEY_FILE === undefined,
      }),
    )
    if (config.MASTER_KEY === undefined && canOthersRead(masterKeyFile)) {
      logger.warn('others can read the file of the master key')
    }
    const verifyToken = await chooseVerifier(config, clock)

    const store = openEmbeddedStore({ folder: join(config.DATA_DIR, 'store'), limitsJobs: true })
    opened.push(() => store.close())
    await migrate(store, clock)
    await checkMasterKey(store.connect('migrate'), pseudonyms.keyCheck, clock)
    const keys = { store: store.connect('rotation'), pseudonyms, clock, randomBytes }
    await finishRotation(keys)
    const log = openEmbeddedEventLog({
      folder: join(config.DATA_DIR, 'log'),
      clock,
      batchBytesMax: BATCH_BYTES_MAX,
      batchRecordsMax: BATCH_EVENTS_MAX,
    })
    opened.push(() => log.close())
    const ingestStore = store.connect('ingest')
    const epoch = await readLogEpoch({ log, store: ingestStore, acceptNewLog: options.acceptNewLog ?? false, clock })

    // What deletes or copies rows of accounts waits for the batch and the build in hand.
    const turns = createJobTurns()
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })

    const stopIngest = new AbortController()
    const ingestMetrics = createIngestMetrics(registry)
    const ingest = runIngestWorker(
      { log, store: ingestStore, pseudonyms, epoch, metrics: ingestMetrics, logger, turn: turns.ingest },
      stopIngest.signal,
    )
    // Whoever asks is told below; until then a rejection must not end the process with its whole cause printed.
    ingest.catch(() => undefined)
    opened.push(async () => {
      stopIngest.abort()
      await ingest.catch(() => undefined)
    })

    opened.push(startLogRetention({ log, retentionHours: config.LOG_RETENTION_HOURS, clock, logger }))

    const builder = createChartBuilder({
      store: store.connect('charts'),
      clock,
      keyVersion: () => pseudonyms.keyVersion,
      rules: {
        minimumDjs: config.CHART_MIN_DJS,
        minimumChangedDjs: config.CHART_MIN_CHANGED_DJS ?? config.CHART_MIN_DJS,
        takeBackHoursMax: config.TAKE_BACK_HOURS_MAX,
        playsPerDj: config.CHART_PLAYS_PER_DJ,
      },
    })
    const schedule = startChartsSchedule({
      builder,
      turn: turns.charts,
      expression: config.CHARTS_CRON,
      metrics: createChartMetrics(registry),
      logger,
      unknownGenres: () => turns.charts.run(() => readUnknownGenres(store.connect('charts'), config.CHART_MIN_DJS)),
    })
    opened.push(() => schedule.stop())
    const retention = startRetentionSchedule({
      store: store.connect('retention'),
      pseudonyms,
      turns,
      limits: retentionLimits(config),
      clock,
      expression: config.RETENTION_CRON,
      metrics: createRetentionMetrics(registry),
      logger,
    })
    opened.push(() => retention.stop())
    const ledger = openErasureLedger(erasureLedgerFile(config))
    opened.push(startLedgerRetention({ ledger, clock, logger }))
    const erasure = startErasureSchedule({
      store: store.connect('privacy'),
      log,
      ledger,
      pseudonyms,
      chartsTurn: turns.charts,
      hasSnapshot: () => hasSnapshot(config.DATA_DIR),
      epoch,
      clock,
      registry,
      logger,
    })
    opened.push(() => erasure.stop())
    opened.push(startMatchJob({ store: store.connect('merges'), clock, turn: turns.charts, logger }))

    const tlsFiles = tlsFilesOf(config)
    const tls = tlsFiles && readTlsIdentity(tlsFiles)
    const server = createServer({ logger, tls })
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
          charts: () => schedule.problem(),
          retention: () => retention.problem(),
          erasure: () => erasure.problem(),
        },
      }),
    )
    const closedAccounts = watchClosedAccounts({ store: store.connect('upload'), logger })
    opened.push(() => closedAccounts.stop())
    await server.register(
      createUploadRoutes({
        log,
        store: store.connect('upload'),
        pseudonyms,
        verifyToken,
        clock,
        uploadsPerMinute: config.UPLOADS_PER_MINUTE,
        metrics: createUploadMetrics(registry),
        closedAccounts,
      }),
    )
    await server.register(
      createAccountRoutes({
        log,
        store: store.connect('account'),
        exportsStore: store.connect('exports'),
        pseudonyms,
        ledger,
        verifyToken,
        clock,
      }),
    )
    const audit = createAuditTrail({ store: store.connect('audit'), clock, newId: randomUUID })
    await server.register(
      createAdminRoutes({
        log,
        store: store.connect('account'),
        exportsStore: store.connect('exports'),
        audit,
        pseudonyms,
        ledger,
        verifyToken,
        clock,
      }),
    )
    await server.register(createErasureRoutes({ store: store.connect('account'), pseudonyms, clock }))
    await server.register(createMergeRoutes({ store: store.connect('editors'), audit, pseudonyms, verifyToken, clock }))
    await server.register(
      createSiteRoutes({
        store: store.connect('site'),
        clock,
        chartMinDjs: config.CHART_MIN_DJS,
        chartFinalAfterDays: config.CHART_FINAL_AFTER_DAYS,
        chartMinChangedDjs: config.CHART_MIN_CHANGED_DJS ?? config.CHART_MIN_DJS,
        takeBackHoursMax: config.TAKE_BACK_HOURS_MAX,
        limits: retentionLimits(config),
      }),
    )
    const operations = {
      rotate: createRotateOperation({ ...keys, turns, logger }),
      backup: createBackupOperation(backupDependencies(config, { store, log, ledger, turns, clock })),
    }
    const control = await createControlServer({ dataDir: config.DATA_DIR, operations, logger })
    opened.push(() => control.close())
    // First of all: others wait for the build that is under way, and it ends with the period in hand.
    opened.push(() => void schedule.stop())
    const address = await listen(server, config)
    return { address, ingest, close: closeAll }
  } catch (cause) {
    await closeAll()
    throw cause
  }
}

/** Throws `config-invalid` where the address is taken, or none of this machine. */
async function listen(server: FastifyInstance, { HOST: host, PORT: port }: StandaloneConfig): Promise<string> {
  try {
    return await server.listen({ host, port, listenTextResolver: () => 'serving' })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'unusable'
    throw new TonearmError('config-invalid', `HOST or PORT: ${detail}`, cause)
  }
}
