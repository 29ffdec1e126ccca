/**
 * The demo: the whole service on a temporary folder, filled with what invented DJs played.
 *
 * First everything is uploaded and ingested while no charts are built, then the service starts again on the same folder,
 * with charts. Otherwise the first build would come amid the uploads, and since a chart's next revision waits until
 * enough accounts changed, the small charts would stay as they were then.
 * @module
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Running } from '#platform/process/run-process.ts'
import { readStandaloneConfig } from '../standalone-config.ts'
import { startStandalone } from '../start-standalone.ts'
import { startOfWeek, weekOf } from './catalogue.ts'
import { createDemoClient, type DemoClient } from './demo-client.ts'
import { readMetric, until } from './demo-metrics.ts'
import type { DemoProgress } from './demo-progress.ts'
import { findInteresting, type InterestingAddress } from './interesting-addresses.ts'
import { type Uploaded, uploadGenerated } from './upload-generated.ts'

/** Once in four years, and no demo lasts until then. */
const CRON_NEVER = '0 0 29 2 *'
const CRON_OFTEN = '*/2 * * * * *'

export interface DemoOptions {
  /** As `process.env`; the demo's own settings win, but for `PORT`, `HOST`, `LOG_LEVEL` and the rules of charts. */
  readonly environment: Record<string, string | undefined>
  readonly seed: number
  readonly djs: number
  readonly weeks: number
  readonly clock: () => number
  readonly logger: Logger
  readonly progress: DemoProgress
  /** Aborting ends the start: it rejects then, and leaves nothing behind. */
  readonly signal: AbortSignal
}

export interface RunningDemo extends Pick<Running, 'address' | 'ended'> {
  readonly folder: string
  readonly uploaded: Uploaded
  /** The page of the newest world chart. */
  readonly charts: string
  /** Resolves with more to look at, once the first build of all charts has ended. */
  findInteresting(): Promise<InterestingAddress[]>
  /** Ends it in order and removes the folder. */
  close(): Promise<void>
}

/** Resolves when the newest world chart can be seen. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-demo-'))
  // The engine may still write when it is left in a hurry.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  // A process that has to end at once takes the folder with it too.
  process.once('exit', remove)
  const removeNow = () => {
    process.off('exit', remove)
    remove()
  }
  try {
    const uploaded = await fill(folder, options)
    const running = await start(folder, CRON_OFTEN, options)
    const close = async () => {
      await running.close()
      removeNow()
    }
    try {
      const client = await createDemoClient(running.address, folder, options.signal)
      options.progress.stage('Charts', 1)
      await until(
        async () => (await client.read('/v1/charts/world/all/latest')) !== undefined || (await areBuilt(client)),
        options.signal,
      )
      options.progress.update(1)
      return {
        ...running,
        folder,
        uploaded,
        charts: `${running.address}/charts/world/all/latest`,
        async findInteresting() {
          await until(() => areBuilt(client), options.signal)
          return await findInteresting(client, running.address, options)
        },
        close,
      }
    } catch (cause) {
      await running.close()
      throw cause
    }
  } catch (cause) {
    removeNow()
    throw cause
  } finally {
    options.progress.stop()
  }
}

/**
 * Uploads everything, and resolves when all of it is in the store. It ends with the last whole week, so that the newest
 * chart is a full one on a Monday too.
 */
async function fill(folder: string, options: DemoOptions): Promise<Uploaded> {
  const { clock, progress, signal } = options
  const running = await start(folder, CRON_NEVER, options)
  try {
    const client = await createDemoClient(running.address, folder, signal)
    const uploaded = await uploadGenerated({ ...options, client, nowMs: startOfWeek(weekOf(clock())) - 1 })
    const events = uploaded.djs + uploaded.sessions
    progress.stage('Ingest', events)
    await Promise.race([
      // It never ends by itself: this is for the case that it breaks.
      running.ended,
      until(async () => {
        const ingested = await readMetric(client, 'tonearm_ingest_events_total')
        progress.update(Math.min(ingested, events))
        return ingested >= events
      }, signal),
    ])
    return uploaded
  } finally {
    await running.close()
  }
}

/** Whether a build of the charts has ended: the newest weeks come first, months and the year last. */
async function areBuilt(client: DemoClient): Promise<boolean> {
  return (await readMetric(client, 'tonearm_charts_built_timestamp_seconds')) > 0
}

async function start(folder: string, cron: string, options: DemoOptions): Promise<Running> {
  const { environment, logger, clock, signal } = options
  signal.throwIfAborted()
  const { config } = readStandaloneConfig({
    UPLOADS_PER_MINUTE: '100000',
    ...environment,
    DATA_DIR: folder,
    MASTER_KEY: undefined,
    MASTER_KEY_FILE: undefined,
    // Its invented DJs have tokens of the folder's own key, and it is its own client.
    AUTH_JWKS_URL: undefined,
    AUTH_ISSUER: undefined,
    AUTH_AUDIENCE: undefined,
    TLS_CERT: undefined,
    TLS_KEY: undefined,
    CHARTS_CRON: cron,
  })
  return await startStandalone(config, { logger, clock })
}
