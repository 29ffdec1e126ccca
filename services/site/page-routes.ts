/**
 * The pages: HTML, readable without scripts, each in every language.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { type ProblemCode, problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { answerUnknownPage, answerWithPages, pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { serveAssets } from '#platform/pages/assets.ts'
import { languagePrefix, languages } from '#platform/pages/language.ts'
import { toDocument } from '#platform/pages/layout.ts'
import { type Locale, localeOf } from '#platform/pages/locale.ts'
import { problemPage } from '#platform/pages/problem-page.ts'
import {
  CHARTS_CACHE_CONTROL,
  HTML_TYPE,
  type PublicBody,
  STATIC_CACHE_CONTROL,
  sendPublicBody,
  toPublicBody,
} from '#platform/pages/public-answer.ts'
import { sharedAssets } from '#platform/pages/shared-assets.ts'
import { type PrivacyFacts, privacyPage } from './pages/privacy-page.ts'
import type { ChartPathParts, SiteContent } from './site-content.ts'
import { siteScripts } from './site-scripts.ts'

export const pageRoutes = (content: SiteContent, privacyFacts: PrivacyFacts): FastifyPluginAsync => {
  return async (server) => {
    serveAssets(server, [...Object.values(sharedAssets), ...Object.values(siteScripts)])
    for (const language of languages) {
      const routes = pagesOfLanguage(content, privacyFacts, localeOf(language))
      await server.register(routes, { prefix: languagePrefix(language) })
    }
  }
}

function pagesOfLanguage(content: SiteContent, privacyFacts: PrivacyFacts, locale: Locale): FastifyPluginAsync {
  const privacy = toPublicBody(toDocument(privacyPage(privacyFacts, locale), locale), HTML_TYPE)
  const problems = new Map<string, PublicBody>(
    // The keys of the catalogue are its codes.
    (Object.keys(problemCatalogue) as ProblemCode[]).map((code) => [
      code,
      toPublicBody(toDocument(problemPage(code, locale, `/problems/${code}`), locale), HTML_TYPE),
    ]),
  )

  return async (server) => {
    answerWithPages(server)

    server.get('/', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.homeHtml(locale), CHARTS_CACHE_CONTROL),
    )
    server.get<{ Params: ChartPathParts }>('/charts/:region/:genre/:period', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.chartHtml(request.params, locale), CHARTS_CACHE_CONTROL),
    )
    server.get<{ Params: { trackId: string } }>('/tracks/:trackId', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.trackHtml(request.params.trackId, locale), CHARTS_CACHE_CONTROL),
    )
    server.get('/privacy', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, privacy, STATIC_CACHE_CONTROL),
    )
    server.get<{ Params: { code: string } }>('/problems/:code', { schema }, async (request, reply) => {
      const page = problems.get(request.params.code)
      if (page === undefined) throw new HttpProblem('not-found')
      return sendPublicBody(request, reply, page, STATIC_CACHE_CONTROL)
    })
    server.get('/*', { schema }, (request, reply) => answerUnknownPage(request, reply))
  }
}
