/**
 * `npm run service -- analyst`: SQL for analysts over a ClickHouse server, in a process of its own. Any number of these may
 * run. Its account at the server is one that reads the tables of analysts and nothing else.
 * @module
 */
import Type from 'typebox'
import { accessSettings, dataSettings, sqlSettings } from '#platform/config/settings.ts'
import { chooseVerifier } from '#platform/process/choose-verifier.ts'
import { openServerAnalystEngine } from '#platform/process/open-analyst-engine.ts'
import { openPseudonyms } from '#platform/process/open-pseudonyms.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import { analystLimits } from './analyst-settings.ts'
import { createAnalysts } from './create-analysts.ts'

const AnalystConfig = Type.Object({ ...serviceSettings, ...accessSettings, ...dataSettings, ...sqlSettings })

runProcess({
  title: 'Tonearm analyst',
  readConfig: () => readServiceConfig(AnalystConfig),
  start: (config, { logger }) =>
    startService({
      config,
      logger,
      async setUp({ server, opened }) {
        const clock = Date.now
        const pseudonyms = openPseudonyms(config, { mayCreate: false, logger })
        const verifyToken = await chooseVerifier(config, clock)
        const limits = analystLimits(config.ANALYTICS_SECONDS_MAX)
        const analysts = openServerAnalystEngine(config, opened)
        await server.register(createAnalysts({ ...analysts, limits, verifyToken, pseudonyms, clock }))
        return { dependencies: {}, prepare: async () => undefined }
      },
    }),
})
