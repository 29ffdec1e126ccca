/**
 * `npm run service -- account`: what DJs see and decide, and what admins do for them, in a process of its own. Any number of
 * these may run.
 * @module
 */
import { randomUUID } from 'node:crypto'
import Type from 'typebox'
import { createAuditTrail } from '#platform/audit/audit-trail.ts'
import { accessSettings, dataSettings, kafkaSettings, signInSettings, siteSettings } from '#platform/config/settings.ts'
import { chooseVerifier } from '#platform/process/choose-verifier.ts'
import { openAccountKeys } from '#platform/process/open-pseudonyms.ts'
import { openServiceLedger, openServiceLog } from '#platform/process/open-service-log.ts'
import { openServiceStore } from '#platform/process/open-service-store.ts'
import { runProcess } from '#platform/process/run-process.ts'
import { readServiceConfig, serviceSettings } from '#platform/process/service-config.ts'
import { startService } from '#platform/process/start-service.ts'
import { followContributorKey, takeContributorKey } from '#platform/store/follow-contributor-key.ts'
import { requireMasterKey } from '#platform/store/key-check.ts'
import { requireTables } from '#platform/store/require-tables.ts'
import { createPageAccess } from './pages/sign-in/page-access.ts'
import { registerAccount } from './register-account.ts'

const AccountConfig = Type.Object({
  ...serviceSettings,
  ...accessSettings,
  ...signInSettings,
  ...siteSettings,
  ...dataSettings,
  ...kafkaSettings,
})

runProcess({
  title: 'Tonearm account',
  readConfig: () => readServiceConfig(AccountConfig),
  start: (config, { logger }) =>
    startService({
      config,
      logger,
      async setUp({ server, registry, opened }) {
        const clock = Date.now
        const { pseudonyms, pageKey } = openAccountKeys(config, { mayCreate: false, logger })
        const verifyToken = await chooseVerifier(config, clock)
        const access = await createPageAccess(config, { pageKey, verifyToken, clock })
        const connections = openServiceStore(config, opened)
        const store = connections.connect('account')
        const log = openServiceLog(config, { store, logger, registry, opened })
        const ledger = openServiceLedger(config, { logger, opened })
        const audit = createAuditTrail({ store: connections.connect('audit'), clock, newId: randomUUID })
        const exportsStore = connections.connect('exports')
        await registerAccount(server, {
          ...{ log, store, exportsStore, audit, pseudonyms, ledger, verifyToken, clock },
          access,
        })
        return {
          dependencies: {
            log: () => log.identity().then(() => undefined),
            store: () => connections.ping().then(() => undefined),
          },
          async prepare() {
            await requireTables(store)
            await requireMasterKey(store, pseudonyms.keyCheck)
            await takeContributorKey(store, pseudonyms)
          },
          async work() {
            opened.push(followContributorKey(store, pseudonyms))
          },
        }
      },
    }),
})
