/**
 * What tells search engines what there is: `robots.txt` and the sitemaps.
 * @module
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { languages, pathInLanguage } from '#platform/pages/language.ts'
import {
  CHARTS_CACHE_CONTROL,
  STATIC_CACHE_CONTROL,
  sendPublicBody,
  toPublicBody,
} from '#platform/pages/public-answer.ts'
import type { SiteContent } from '../site-content.ts'

/** Pages of one reader, and addresses without end. */
const notForRobots = [
  '/v1/',
  '/sql',
  ...['/me', '/search'].flatMap((path) => languages.map((of) => pathInLanguage(path, of))),
]

/** @param publicUrl setting `PUBLIC_URL`; without it the address is the one that the request came to */
export const discoveryRoutes = (content: SiteContent, publicUrl: string | undefined): FastifyPluginAsync => {
  const originOf = (request: FastifyRequest) => publicUrl ?? originOfRequest(request)
  return async (server) => {
    server.get('/robots.txt', { schema }, async (request, reply) => {
      const lines = ['User-agent: *', ...notForRobots.map((path) => `Disallow: ${path}`)]
      const text = `${lines.join('\n')}\n\nSitemap: ${originOf(request)}/sitemap.xml\n`
      return sendPublicBody(request, reply, toPublicBody(text, 'text/plain; charset=utf-8'), STATIC_CACHE_CONTROL)
    })
    server.get('/sitemap.xml', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.sitemapIndex(originOf(request)), CHARTS_CACHE_CONTROL),
    )
    server.get<{ Params: { part: string } }>('/sitemaps/:part.xml', { schema }, async (request, reply) => {
      const match = /^(charts|tracks)-([1-9]\d{0,3})$/.exec(request.params.part)
      if (match === null) throw new HttpProblem('not-found')
      const kind = match[1] === 'charts' ? 'charts' : 'tracks'
      const body = await content.sitemapPart({ kind, number: Number(match[2]) }, originOf(request))
      return sendPublicBody(request, reply, body, CHARTS_CACHE_CONTROL)
    })
  }
}

/** Of a host that is one: what a client puts there else is not repeated to others. */
function originOfRequest({ protocol, host }: FastifyRequest): string {
  return /^[\w.-]{1,253}(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i.test(host) ? `${protocol}://${host}` : ''
}
