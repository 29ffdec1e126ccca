/**
 * What the routes of admins have in common: scope `admin`, and each request in the audit trail before it is carried out.
 * @module
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AuditEntry, AuditTrail } from '../audit/audit-trail.ts'
import type { Pseudonyms } from '../keys/pseudonyms.ts'
import type { VerifyToken } from './access.ts'
import { HttpProblem } from './problem.ts'
import { prepareScopedRoutes } from './scoped-routes.ts'

const ENTRY = 'auditEntry'

export interface AdminRoutesOptions {
  readonly verifyToken: VerifyToken
  readonly audit: AuditTrail
  readonly pseudonyms: Pick<Pseudonyms, 'auditSubject'>
  readonly bodyBytesMax: number
  readonly mediaTypes?: readonly string[]
  /** The account that a request is about, from its path. */
  readonly subjectOf?: (request: FastifyRequest) => string | undefined
  /** What the handlers need to know of the admin; see {@link prepareScopedRoutes}. */
  readonly admit?: (request: FastifyRequest, accountId: string) => void
}

/** Prepares a plugin's server; call it before the routes. */
export function prepareAdminRoutes(server: FastifyInstance, options: AdminRoutesOptions): void {
  const { audit, pseudonyms, subjectOf, admit, ...scoped } = options
  server.decorateRequest(ENTRY, null)
  prepareScopedRoutes(server, {
    ...scoped,
    scope: 'admin',
    async admit(request, accountId) {
      const subject = subjectOf?.(request)
      const action = {
        actor: pseudonyms.auditSubject(accountId),
        action: `${request.method} ${request.routeOptions.url ?? ''}`,
        subject: subject === undefined ? '' : pseudonyms.auditSubject(subject),
      }
      // Nothing is done that left no trace.
      const entry = await audit.begin(action).catch(() => {
        throw new HttpProblem('store-unavailable')
      })
      request.setDecorator(ENTRY, entry)
      admit?.(request, accountId)
    },
  })
  // Before the answer goes out, so that a process that ends now leaves no entry open.
  server.addHook('onSend', async (request, reply) => {
    const entry = request.getDecorator<AuditEntry | null>(ENTRY)
    if (entry === null) return
    try {
      await audit.end(entry, reply.statusCode)
    } catch (error) {
      // What was done is done, and its entry there.
      request.log.error({ error }, 'the outcome of what an admin did could not be written')
    }
  })
}
