/**
 * The docs for developers.
 * @module
 */
// Brings the member of a server that tells its document.
import type {} from '@fastify/swagger'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { answerWithPages, pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { languagePrefix, languages } from '#platform/pages/language.ts'
import { toDocument } from '#platform/pages/layout.ts'
import { localeOf } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import {
  HTML_TYPE,
  type PublicBody,
  STATIC_CACHE_CONTROL,
  sendPublicBody,
  toPublicBody,
} from '#platform/pages/public-answer.ts'
import { apiPage } from './api-page.ts'
import { developersPage } from './developers-page.ts'
import { readOpenApi } from './read-openapi.ts'

export const developersRoutes = (origin: string): FastifyPluginAsync => {
  return async (server) => {
    answerWithPages(server)
    for (const language of languages) {
      const locale = localeOf(language)
      const bodyOf = (page: Page): PublicBody => toPublicBody(toDocument(page, locale, origin), HTML_TYPE)
      const developers = bodyOf(developersPage(locale))
      // All routes are there when the server is, and then the document stays.
      let api: PublicBody | undefined
      server.get(`${languagePrefix(language)}/developers`, { schema }, async (request, reply) =>
        sendPublicBody(request, reply, developers, STATIC_CACHE_CONTROL),
      )
      server.get(`${languagePrefix(language)}/developers/api`, { schema }, async (request, reply) => {
        api ??= bodyOf(apiPage(readOpenApi(documentOf(server)), locale))
        return sendPublicBody(request, reply, api, STATIC_CACHE_CONTROL)
      })
    }
  }
}

/** Nothing where a server has none, such as in a test of the site alone. */
function documentOf(server: FastifyInstance): unknown {
  return server.hasDecorator('swagger') ? server.swagger() : undefined
}
