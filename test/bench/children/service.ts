/**
 * The whole service in one process, as `npm start` composes it; only charts are built when they are asked for.
 * @module
 */

import { devNull } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { createServer } from '#platform/http/server.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { retentionLimits } from '#platform/process/retention-limits.ts'
import type { Running } from '#platform/process/run-process.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import { createChartBuilder } from '../../../services/charts/build-charts.ts'
import { createSiteRoutes } from '../../../services/site/site-routes.ts'
import { readStandaloneConfig } from '../../../services/standalone/standalone-config.ts'
import { startStandalone } from '../../../services/standalone/start-standalone.ts'
import { answerCommands } from '../child-process.ts'
import { storeProfiles } from './store-profiles.ts'
import { readMetric, untilStored } from './until-stored.ts'
import { watchVitalSigns } from './vital-signs.ts'

const CHART_RULES = {
  minimumDjs: 5,
  minimumChangedDjs: 1,
  takeBackHoursMax: 24,
  playsPerDj: 10,
  analyticsMinimumDjs: 5,
}

let running: Running | undefined
let store: ReturnType<typeof openEmbeddedStore> | undefined
let uncached: FastifyInstance | undefined

const commands = {
  vitalSigns: watchVitalSigns(),

  /** Starts the service on an empty folder, with DJs who contribute; resolves when they are known. */
  async listen(
    folder: string,
    djs: number,
    // Once a year: charts are built by command then.
    chartsCron = '0 0 1 1 *',
  ): Promise<{ readonly address: string; readonly tokens: string[] }> {
    await addDjs(folder, djs)
    const { config } = readStandaloneConfig({
      DATA_DIR: folder,
      PORT: '0',
      CHARTS_CRON: chartsCron,
      CHART_MIN_CHANGED_DJS: String(CHART_RULES.minimumChangedDjs),
      UPLOADS_PER_MINUTE: '1000000',
    })
    running = await startStandalone(config, { logger: pino({ base: null }, pino.destination(devNull)) })
    // A second handle on the folder in this process, as the jobs of the service have: the builder of its schedule
    // cannot be called from outside.
    store = openEmbeddedStore({ folder: join(folder, 'store') })
    const key = await readLocalKey(folder)
    const tokens = Array.from({ length: djs }, (_, dj) => issueToken(key, `dj-${dj}`, ['dj']))
    return { address: running.address, tokens: await Promise.all(tokens) }
  },

  /** The site once more, over the same store, which remembers nothing that it rendered; resolves with its address. */
  async listenUncached(): Promise<string> {
    if (store === undefined) throw new Error('the service does not run')
    const { config } = readStandaloneConfig({})
    uncached = createServer({ logger: pino({ base: null }, pino.destination(devNull)) })
    await uncached.register(
      createSiteRoutes({
        store: store.connect('site'),
        clock: Date.now,
        chartMinDjs: CHART_RULES.minimumDjs,
        chartFinalAfterDays: config.CHART_FINAL_AFTER_DAYS,
        chartMinChangedDjs: CHART_RULES.minimumChangedDjs,
        takeBackHoursMax: CHART_RULES.takeBackHoursMax,
        limits: retentionLimits(config),
        publicUrl: undefined,
        cacheBytesMax: 0,
      }),
    )
    return await uncached.listen({ host: '127.0.0.1', port: 0 })
  },

  /** Resolves when so many events in all have become rows. */
  async untilIngested(events: number): Promise<void> {
    await ingested(running?.address ?? '', events)
  },

  /** Resolves when nothing is left in the log that is not stored, and the store has so many sessions in all. */
  async untilStored(sessions: number): Promise<void> {
    if (running === undefined || store === undefined) throw new Error('the service does not run')
    await untilStored(running.address, store.connect('audit'), sessions)
  },

  /** Resolves when a build of the schedule has begun and ended after the call. */
  async untilBuilt(): Promise<void> {
    const builds = () => readMetric(running?.address ?? '', 'tonearm_charts_build_seconds_count')
    const before = await builds()
    // The first may have been under way.
    while ((await builds()) < before + 2) await sleep(100)
  },

  /** Erases the account of a token; how long it took until nothing was left on disk, and until it was complete. */
  async erase(token: string): Promise<{ readonly erasedSeconds: number; readonly completeSeconds: number }> {
    const address = running?.address ?? ''
    const headers = { authorization: `Bearer ${token}` }
    const asked = await fetch(`${address}/v1/me`, { method: 'DELETE', headers })
    const { status: path } = (await asked.json()) as { status: string }
    for (;;) {
      const status = (await (await fetch(`${address}${path}`)).json()) as Record<string, string>
      if (status['state'] === 'complete') {
        const since = (name: string) => (Date.parse(status[name] ?? '') - Date.parse(status['acceptedAt'] ?? '')) / 1000
        return { erasedSeconds: since('erasedAt'), completeSeconds: since('completedAt') }
      }
      await sleep(100)
    }
  },

  /** One build, as the schedule does it. */
  async build(): Promise<{ readonly seconds: number; readonly periods: number }> {
    if (store === undefined) throw new Error('the service does not run')
    const startedAt = performance.now()
    const builder = createChartBuilder({ store: store.connect('charts'), rules: CHART_RULES, clock: Date.now })
    const { periods } = await builder.build()
    return { seconds: (performance.now() - startedAt) / 1000, periods: periods.length }
  },
}
export type ServiceCommands = typeof commands

answerCommands(commands, async () => {
  await uncached?.close()
  await store?.close()
  await running?.close()
})

/** Before the service starts, so that this takes no part in what is measured. */
async function addDjs(folder: string, djs: number): Promise<void> {
  const pseudonyms = createPseudonyms(
    readMasterKey({ masterKey: undefined, file: join(folder, 'keys', 'master.key'), mayCreate: true }),
  )
  const empty = openEmbeddedStore({ folder: join(folder, 'store') })
  await migrate(empty, Date.now)
  await storeProfiles(empty.connect('ingest'), pseudonyms, djs)
  await empty.close()
}

/** Asks the service's own metrics. */
async function ingested(address: string, events: number): Promise<void> {
  for (;;) {
    const metrics = await (await fetch(`${address}/metrics`)).text()
    const counts = [...metrics.matchAll(/^tonearm_ingest_events_total\{outcome="(\w+)"[^}]*\} (\d+)$/gm)]
    if (counts.some(([, outcome]) => outcome === 'deadLetter')) throw new Error('an event went to the dead letters')
    if (counts.reduce((sum, [, , count]) => sum + Number(count), 0) >= events) return
    await sleep(100)
  }
}
