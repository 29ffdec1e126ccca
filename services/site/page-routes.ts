/**
 * The pages: HTML, readable without scripts.
 * @module
 */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { type ProblemCode, problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { PROBLEM_MEDIA_TYPE } from '#schemas/records/problem.ts'
import { CONTENT_SECURITY_POLICY, toDocument } from './pages/layout.ts'
import { type PrivacyFacts, privacyPage } from './pages/privacy-page.ts'
import { problemPage } from './pages/problem-page.ts'
import { STYLESHEET_PATH, stylesheet } from './pages/stylesheet.ts'
import {
  CHARTS_CACHE_CONTROL,
  HTML_TYPE,
  PLAYLIST_CACHE_CONTROL,
  type PublicBody,
  STATIC_CACHE_CONTROL,
  sendPublicBody,
  toPublicBody,
} from './public-answer.ts'
import type { ChartPathParts, SiteContent } from './site-content.ts'

/** Pages are no part of `/openapi.json`. */
const schema = { hide: true }

export const pageRoutes = (content: SiteContent, privacyFacts: PrivacyFacts): FastifyPluginAsync => {
  const privacy = toPublicBody(toDocument(privacyPage(privacyFacts)), HTML_TYPE)
  const styles = toPublicBody(stylesheet, 'text/css; charset=utf-8')
  const problems = new Map<string, PublicBody>(
    Object.keys(problemCatalogue).map((code) => [
      code,
      // The keys of the catalogue are its codes.
      toPublicBody(toDocument(problemPage(code as ProblemCode)), HTML_TYPE),
    ]),
  )

  return async (server) => {
    server.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY)
      reply.header('vary', 'accept')
    })
    // Problems are made in one place, as JSON; here a browser gets the page of the same problem.
    server.addHook('onSend', async (request, reply, payload) => {
      const type = String(reply.getHeader('content-type'))
      if (!type.startsWith(PROBLEM_MEDIA_TYPE) || !wantsPage(request)) return payload
      const page = problems.get(codeOf(payload))
      if (page === undefined) return payload
      reply.header('content-type', HTML_TYPE).removeHeader('content-length')
      return page.bytes
    })

    server.get('/', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.homeHtml(), CHARTS_CACHE_CONTROL),
    )
    server.get<{ Params: ChartPathParts }>('/charts/:region/:genre/:period', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.chartHtml(request.params), CHARTS_CACHE_CONTROL),
    )
    server.get<{ Params: { trackId: string } }>('/tracks/:trackId', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.trackHtml(request.params.trackId), CHARTS_CACHE_CONTROL),
    )
    server.get<{ Params: { publicId: string } }>('/playlists/:publicId', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, await content.playlistHtml(request.params.publicId), PLAYLIST_CACHE_CONTROL),
    )
    server.get('/privacy', { schema }, async (request, reply) =>
      sendPublicBody(request, reply, privacy, STATIC_CACHE_CONTROL),
    )
    server.get(STYLESHEET_PATH, { schema }, async (request, reply) =>
      sendPublicBody(request, reply, styles, STATIC_CACHE_CONTROL),
    )
    server.get<{ Params: { code: string } }>('/problems/:code', { schema }, async (request, reply) => {
      const page = problems.get(request.params.code)
      if (page === undefined) throw new HttpProblem('not-found')
      return sendPublicBody(request, reply, page, STATIC_CACHE_CONTROL)
    })
    server.get('/*', { schema }, (request, reply) => unknownPage(request, reply))
  }
}

/** A mistyped address gets a readable page; everything that is no page stays with the server's own answer. */
function unknownPage(request: FastifyRequest, reply: FastifyReply): void {
  if (wantsPage(request)) throw new HttpProblem('not-found')
  reply.callNotFound()
}

/** Whether a page is asked for, and HTML by name. A program's `*`/`*` means JSON. */
function wantsPage(request: FastifyRequest): boolean {
  if (request.url.startsWith('/v1/')) return false
  return (request.headers.accept ?? '').split(',').some((range) => {
    const [type, ...params] = range.split(';').map((part) => part.trim().toLowerCase())
    return type === 'text/html' && !params.some((param) => /^q=0(\.0*)?$/.test(param))
  })
}

function codeOf(payload: unknown): string {
  const text = typeof payload === 'string' ? payload : Buffer.isBuffer(payload) ? payload.toString() : '{}'
  const problem: unknown = JSON.parse(text)
  return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : ''
}
