/**
 * `npm run service -- ingest`: brings what the log holds into the store, in a process of its own. Any number of these may
 * run, and share the partitions of the log; more than there are partitions stand by.
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto'
import Type from 'typebox'
import { dataSettings, kafkaSettings } from '#platform/config/settings.ts'
import { openPseudonyms } from '#platform/process/open-pseudonyms.ts'
import { openServiceLog } from '#platform/process/open-service-log.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import type { KnownLog } from '#platform/store/known-log.ts'
import { createIngestMetrics } from './ingest-metrics.ts'
import { prepareStore } from './prepare-store.ts'
import { startIngest } from './start-ingest.ts'

const IngestConfig = Type.Object({ ...serviceSettings, ...dataSettings, ...kafkaSettings })

runProcess({
  title: 'Tonearm ingest',
  readConfig: () => readServiceConfig(IngestConfig),
  start: (config, { logger, acceptNewLog }) =>
    startService({
      config,
      logger,
      async setUp({ registry, opened, ending }) {
        const clock = Date.now
        const pseudonyms = openPseudonyms(config, { mayCreate: false, logger })
        const connections = openServiceStore(config, opened)
        const store = connections.connect('ingest')
        const log = openServiceLog(config, { store, logger, registry, opened })
        const metrics = createIngestMetrics(registry, { log, clock })
        let knownLog: KnownLog | undefined
        return {
          dependencies: {
            log: () => log.lag('ingest').then(() => undefined),
            store: () => connections.ping().then(() => undefined),
          },
          async prepare() {
            const keys = { pseudonyms, clock, randomBytes }
            const holder = randomUUID()
            knownLog = await prepareStore({ connections, store, log, ...keys, holder, acceptNewLog, ending })
          },
          async work() {
            if (knownLog === undefined) throw new Error('ingest was not prepared')
            const ingest = startIngest({ log, store, pseudonyms, knownLog, metrics, logger })
            opened.push(() => ingest.stop())
            await ingest.ended
          },
        }
      },
    }),
})
