/**
 * `npm run service -- analyst`: SQL for analysts over a ClickHouse server, in a process of its own. Any number of these may
 * run. Its account at the server is one that reads the tables of analysts and nothing else.
 * @module
 */
import { randomUUID } from 'node:crypto'
import Type from 'typebox'
import { createQueryTrail } from '#platform/audit/query-trail.ts'
import { accessSettings, dataSettings, sqlSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { chooseVerifier } from '#platform/process/choose-verifier.ts'
import { openServerAnalystEngine } from '#platform/process/open-analyst-engine.ts'
import { openPseudonyms } from '#platform/process/open-pseudonyms.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { analystLimits } from './analyst-settings.ts'
import { createQueryLog } from './query-log.ts'
import { registerAnalysts } from './register-analysts.ts'

const AnalystConfig = Type.Object({ ...serviceSettings, ...accessSettings, ...dataSettings, ...sqlSettings })

runProcess({
  title: 'Tonearm analyst',
  readConfig: () => readServiceConfig(AnalystConfig),
  start: (config, { logger }) =>
    startService({
      config,
      logger,
      async setUp({ server, registry, logger: log, opened }) {
        const clock = Date.now
        const pseudonyms = openPseudonyms(config, { mayCreate: false, logger })
        const verifyToken = await chooseVerifier(config, clock)
        const limits = analystLimits(config.ANALYTICS_SECONDS_MAX)
        const connections = openServiceStore(config, opened)
        const store = connections.connect('audit')
        const queryLog = createQueryLog({ trail: createQueryTrail(store), newId: randomUUID, logger: log })
        const analysts = openServerAnalystEngine(config, opened)
        const options = { ...analysts, limits, verifyToken, pseudonyms, clock, queryLog, registry }
        opened.push(await registerAnalysts(server, options))
        return {
          dependencies: { store: () => connections.ping().then(() => undefined) },
          prepare: () => requireViews(store),
        }
      },
    }),
})

/** The account sees no list of migrations; that the newest of its views is there tells the same. */
async function requireViews(store: StoreConnection): Promise<void> {
  try {
    await store.run('SELECT 1 FROM analytics_system.tables LIMIT 0')
  } catch (cause) {
    if (!(cause instanceof TonearmError) || cause.retryable) throw cause
    throw new TonearmError(
      'store-unavailable',
      'the store has not all tables of this version; run npm run migrate',
      cause,
    )
  }
}
