/**
 * Makes answers of a part of a server pages: their policy, and a readable page in place of a problem's JSON.
 * @module
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { type ProblemCode, problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { PROBLEM_MEDIA_TYPE } from '#schemas/records/problem.ts'
import { type Language, languageOfUrl, languages } from './language.ts'
import { toDocument } from './layout.ts'
import { localeOf } from './locale.ts'
import { problemPage } from './problem-page.ts'
import { HTML_TYPE } from './public-answer.ts'
import { pagePolicy } from './security.ts'

/** Schema of a page's route: pages are no part of `/openapi.json`. */
export const pageSchema = { hide: true }

/** The page of each problem in each language, as bytes; made once. */
const problemBytes = new Map(
  languages.flatMap((language) =>
    // The keys of the catalogue are its codes.
    (Object.keys(problemCatalogue) as ProblemCode[]).map((code): [string, Buffer] => {
      const locale = localeOf(language)
      return [keyOf(language, code), Buffer.from(toDocument(problemPage(code, locale), locale))]
    }),
  ),
)

function keyOf(language: Language, code: string): string {
  return `${language}/${code}`
}

/**
 * For all routes that are registered on this server afterwards, and on no other.
 *
 * @param options `policy`: the content security policy, where it is not that of ordinary pages.
 */
export function answerWithPages(server: FastifyInstance, { policy = pagePolicy() } = {}): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy)
    reply.header('vary', 'accept')
  })
  // Problems are made in one place, as JSON; here a browser gets the page of the same problem.
  server.addHook('onSend', async (request, reply, payload) => {
    const type = String(reply.getHeader('content-type'))
    if (!type.startsWith(PROBLEM_MEDIA_TYPE) || !wantsPage(request)) return payload
    const page = problemBytes.get(keyOf(languageOfUrl(request.url), codeOf(payload)))
    if (page === undefined) return payload
    reply.header('content-type', HTML_TYPE).removeHeader('content-length')
    return page
  })
}

/** A mistyped address gets a readable page; everything that is no page stays with the server's own answer. */
export function answerUnknownPage(request: FastifyRequest, reply: FastifyReply): void {
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
