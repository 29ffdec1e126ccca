/**
 * A visit: who is signed in and asks for a page, in which language; and the form that came with it.
 * @module
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerWithPages } from '#platform/pages/answer-with-pages.ts'
import { toDocument } from '#platform/pages/layout.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { HTML_TYPE } from '#platform/pages/public-answer.ts'
import { compressPages } from './compress-pages.ts'
import { type PageOrigin, pageOriginOf } from './sign-in/page-origin.ts'
import type { PageSession, PageSessions } from './sign-in/page-sessions.ts'
import { type Form, readForms, sessionFormOf } from './sign-in/read-form.ts'

export interface Visit {
  readonly locale: Locale
  readonly session: PageSession
  /** The pseudonym that everything of the account stands under. */
  readonly owner: string
  readonly origin: PageOrigin
}

export interface VisitDependencies {
  readonly locale: Locale
  readonly sessions: PageSessions
  readonly publicUrl: URL | undefined
  readonly ownerOf: (accountId: string) => string
}

const VISIT = 'ownPagesVisit'
const FORM = 'ownPagesForm'

/** What all of these pages have in common, signed in or not: nobody keeps them, and forms are read. */
export function prepareOwnPages(server: FastifyInstance): void {
  answerWithPages(server)
  compressPages(server)
  readForms(server)
  server.addHook('onRequest', async (_request, reply) => {
    // A form tells where it came from only where the pages' own addresses are told to themselves.
    reply.header('referrer-policy', 'same-origin').header('cache-control', 'no-store')
  })
}

/** For the routes that are registered on this server afterwards: who is not signed in is sent there. */
export function requireVisit(server: FastifyInstance, dependencies: VisitDependencies): void {
  const { locale, sessions, publicUrl, ownerOf } = dependencies
  server.decorateRequest(VISIT, null)
  server.decorateRequest(FORM, null)
  server.addHook('onRequest', async (request, reply) => {
    const origin = pageOriginOf(request, publicUrl)
    const session = origin && (await sessions.current(request, origin))
    if (origin === undefined || session === undefined) return reply.redirect(locale.link('/me/sign-in'), 303)
    request.setDecorator<Visit>(VISIT, { locale, session, origin, owner: ownerOf(session.accountId) })
  })
  // Every form of every page: a route cannot forget it.
  server.addHook('preHandler', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    const { origin, session } = visitOf(request)
    request.setDecorator<Form>(FORM, sessionFormOf(request, origin, session))
  })
}

export function visitOf(request: FastifyRequest): Visit {
  return request.getDecorator<Visit>(VISIT)
}

/** The form of a `POST`, which was found to come from this session. */
export function visitFormOf(request: FastifyRequest): Form {
  return request.getDecorator<Form>(FORM)
}

export function sendPage(reply: FastifyReply, page: Page, locale: Locale, status = 200): FastifyReply {
  return reply.status(status).type(HTML_TYPE).send(toDocument(page, locale))
}
