/**
 * Charts for the pages of others: to embed, and as an image.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import { answerWithPages, pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { languagePrefix, languages } from '#platform/pages/language.ts'
import { localeOf } from '#platform/pages/locale.ts'
import { CHARTS_CACHE_CONTROL, sendPublicBody } from '#platform/pages/public-answer.ts'
import type { ChartPathParts, SiteContent } from '../site-content.ts'

/** Every page may show it; it loads its stylesheet and its typeface, and nothing else. */
const EMBED_POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"

export const embedRoutes = (content: SiteContent): FastifyPluginAsync => {
  return async (server) => {
    answerWithPages(server, { policy: EMBED_POLICY })
    server.addHook('onRequest', async (_request, reply) => {
      reply.header('cross-origin-resource-policy', 'cross-origin')
    })
    for (const language of languages) {
      const locale = localeOf(language)
      server.get<{ Params: ChartPathParts }>(
        `${languagePrefix(language)}/embed/charts/:region/:genre/:period`,
        { schema },
        async (request, reply) =>
          sendPublicBody(request, reply, await content.chartEmbed(request.params, locale), CHARTS_CACHE_CONTROL),
      )
    }
    server.get<{ Params: ChartPathParts }>(
      '/charts/:region/:genre/:period/image.png',
      { schema },
      async (request, reply) =>
        sendPublicBody(request, reply, await content.chartImage(request.params), CHARTS_CACHE_CONTROL),
    )
  }
}
