/**
 * Export, erasure and the receipt. The receipt is the secret of an erasure, and needs no sign-in: there is no account any more.
 * @module
 */
import type { FastifyInstance } from 'fastify'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { eraseAccount } from '../erase-account.ts'
import { readErasureStatus } from '../erasure-status.ts'
import type { SendExport } from '../export/send-export.ts'
import type { OwnPagesDependencies } from './own-pages-options.ts'
import { ownScripts } from './own-scripts.ts'
import type { PageSessions } from './sign-in/page-sessions.ts'
import { dataPage, erasePage, receiptPage } from './views/data-pages.ts'
import { sendPage, visitFormOf, visitOf } from './visit.ts'

export function dataRoutes(
  server: FastifyInstance,
  dependencies: OwnPagesDependencies & { readonly sendExport: SendExport; readonly sessions: PageSessions },
): void {
  const { sendExport, sessions } = dependencies

  server.get('/me/data', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    return sendPage(reply, dataPage(visit), visit.locale)
  })

  // By `POST`, so that no link of a stranger starts one.
  server.post('/me/export', { schema }, (request, reply) => sendExport(reply, visitOf(request).owner))

  server.get('/me/erase', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    return sendPage(reply, erasePage({ isRefused: false }, visit), visit.locale)
  })

  server.post('/me/erase', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    if (visitFormOf(request).get('understood') !== 'yes') {
      return sendPage(reply, erasePage({ isRefused: true }, visit), visit.locale, 422)
    }
    const { receipt } = await eraseAccount(visit.owner, { ...dependencies, trace: request.id })
    await sessions.end(reply, visit.session, visit.origin)
    return reply.redirect(visit.locale.link(`/me/erasures/${receipt}`), 303)
  })
}

export function receiptRoute(server: FastifyInstance, dependencies: OwnPagesDependencies, locale: Locale): void {
  server.get<{ Params: { receipt: string } }>('/me/erasures/:receipt', { schema }, async (request, reply) => {
    const status = await readErasureStatus(request.params.receipt, dependencies)
    return sendPage(reply, receiptPage(status, locale, [ownScripts.followErasure]), locale)
  })
}
