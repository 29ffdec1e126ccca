/**
 * The page for history files, and the short-lived token that its script uploads with. The files themselves go to the API, as
 * those of every program do.
 * @module
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import type { PageAccess } from './sign-in/page-access.ts'
import { readCookie } from './sign-in/page-cookies.ts'
import { uploadPage } from './views/upload-page.ts'
import { sendPage, type Visit, visitOf } from './visit.ts'

export function uploadRoutes(server: FastifyInstance, { issueUploadToken, seal }: PageAccess): void {
  server.get('/me/upload', { schema }, async (request, reply) => {
    const visit = visitOf(request)
    const hasToken = issueUploadToken !== undefined || (await tokenOfSignIn(request, visit)) !== undefined
    return sendPage(reply, uploadPage({ hasToken }, visit), visit.locale)
  })

  server.post('/me/upload-token', { schema }, async (request) => {
    const visit = visitOf(request)
    const token = issueUploadToken
      ? await issueUploadToken(visit.session.accountId)
      : await tokenOfSignIn(request, visit)
    if (token === undefined) throw new HttpProblem('forbidden')
    return { token }
  })

  /** The provider's token, which came with the sign-in and stands sealed in a cookie of its own. */
  async function tokenOfSignIn(request: FastifyRequest, { origin }: Visit): Promise<string | undefined> {
    const sealed = readCookie(request, 'upload-token', origin)
    const { token } = (sealed === undefined ? undefined : await seal.open('upload-token', sealed)) ?? {}
    return typeof token === 'string' ? token : undefined
  }
}
