/**
 * `npm run service -- upload`: takes sessions, in a process of its own. Any number of these may run.
 * @module
 */
import Type from 'typebox'
import { accessSettings, dataSettings, kafkaSettings, uploadSettings } from '#platform/config/settings.ts'
import { chooseVerifier } from '#platform/process/choose-verifier.ts'
import { openPseudonyms } from '#platform/process/open-pseudonyms.ts'
import { openServiceLog } from '#platform/process/open-service-log.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import { requireMasterKey } from '#platform/store/key-check.ts'
import { requireTables } from '#platform/store/require-tables.ts'
import { registerUpload } from './register-upload.ts'

const UploadConfig = Type.Object({
  ...serviceSettings,
  ...accessSettings,
  ...dataSettings,
  ...kafkaSettings,
  ...uploadSettings,
})

runProcess({
  title: 'Tonearm upload',
  readConfig: () => readServiceConfig(UploadConfig),
  start: (config, { logger }) =>
    startService({
      config,
      logger,
      async setUp({ server, registry, opened }) {
        const clock = Date.now
        const pseudonyms = openPseudonyms(config, { mayCreate: false, logger })
        const verifyToken = await chooseVerifier(config, clock)
        const connections = openServiceStore(config, opened)
        const store = connections.connect('upload')
        const log = openServiceLog(config, { store, logger, registry, opened })
        const uploads = { log, store, pseudonyms, verifyToken, clock, uploadsPerMinute: config.UPLOADS_PER_MINUTE }
        opened.push(await registerUpload(server, { ...uploads, registry, logger }))
        return {
          dependencies: { log: () => log.identity().then(() => undefined) },
          // Uploads go on while it is away: only what names a session by its id waits for it.
          jobs: { store: () => connections.ping().then(() => undefined) },
          async prepare() {
            await requireTables(store)
            await requireMasterKey(store, pseudonyms.keyCheck)
          },
        }
      },
    }),
})
