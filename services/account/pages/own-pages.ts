/**
 * The DJ's own pages: `/me` and what lies under it, in every language. They read and change what the API reads and changes,
 * by the same functions.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import { serveAssets } from '#platform/pages/assets.ts'
import { languagePrefix, languages } from '#platform/pages/language.ts'
import { localeOf } from '#platform/pages/locale.ts'
import { sharedAssets } from '#platform/pages/shared-assets.ts'
import { createExportSender } from '../export/send-export.ts'
import { dataRoutes, receiptRoute } from './data-routes.ts'
import type { OwnPagesOptions } from './own-pages-options.ts'
import { ownScripts } from './own-scripts.ts'
import { profileRoutes } from './profile-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { createEndedSessions } from './sign-in/ended-sessions.ts'
import { createPageSessions } from './sign-in/page-sessions.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import { uploadRoutes } from './upload-routes.ts'
import { prepareOwnPages, requireVisit } from './visit.ts'

/** Whoever waits looks at a page that does not come: so less than a program waits. */
const WAIT_MS_MAX = 1000

export function createOwnPages({ access, ...options }: OwnPagesOptions): FastifyPluginAsync {
  const dependencies = { exportsStore: options.store, waitMsMax: WAIT_MS_MAX, ...options }
  const { pseudonyms, clock } = dependencies
  const { publicUrl, seal } = access
  const sessions = createPageSessions({ seal, ended: createEndedSessions(dependencies), clock })
  // One for all languages: it counts the exports that are under way.
  const sendExport = createExportSender({ store: dependencies.exportsStore, pseudonyms, clock })
  const ownerOf = (accountId: string) => pseudonyms.owner(accountId)

  return async (server) => {
    serveAssets(server, [...Object.values(sharedAssets), ...Object.values(ownScripts)])
    for (const language of languages) {
      const locale = localeOf(language)
      await server.register(
        async (pages) => {
          prepareOwnPages(pages)
          signInRoutes(pages, { access, sessions, locale, clock })
          receiptRoute(pages, dependencies, locale)
          await pages.register(async (own) => {
            requireVisit(own, { locale, sessions, publicUrl, ownerOf })
            sessionRoutes(own, dependencies)
            profileRoutes(own, dependencies)
            uploadRoutes(own, access)
            dataRoutes(own, { ...dependencies, sendExport, sessions })
          })
        },
        { prefix: languagePrefix(language) },
      )
    }
  }
}
