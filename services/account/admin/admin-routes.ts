/**
 * What admins do on written requests, and what they look into (CONTRACT.md, "Admin"). The account in a path becomes its
 * owner key at the door; nothing logs it or keeps it.
 * @module
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { AuditTrail } from '#platform/audit/audit-trail.ts'
import { createQueryTrail } from '#platform/audit/query-trail.ts'
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { VerifyToken } from '#platform/http/access.ts'
import { prepareAdminRoutes } from '#platform/http/admin-routes.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { changeProfile } from '../change-profile.ts'
import { eraseAccount } from '../erase-account.ts'
import { createExportSender } from '../export/send-export.ts'
import { blockAccount, liftBlock } from './block-account.ts'
import {
  type AccountPath,
  accountErasureSchema,
  accountExportSchema,
  accountProfileSchema,
  auditSchema,
  blockSchema,
  deadLettersSchema,
  LIST_LIMIT,
  type ListQuery,
  liftSchema,
  queriesSchema,
} from './documentation.ts'
import { listAudit, listDeadLetters, listQueries } from './read-lists.ts'

export interface AdminRoutesOptions {
  readonly log: EventLog
  readonly store: StoreConnection
  /** What exports read through, so that a long one holds up nobody; `store` by default. */
  readonly exportsStore?: StoreConnection
  readonly audit: AuditTrail
  readonly pseudonyms: Pseudonyms
  readonly ledger: Pick<ErasureLedger, 'append'>
  readonly verifyToken: VerifyToken
  /** Unix milliseconds. */
  readonly clock: () => number
  /** How long the answer to a change of a profile waits until the store shows it; 3 s by default. */
  readonly waitMsMax?: number
}

const BODY_BYTES_MAX = 64 * 1024

/** Where the owner key of the account that a request is about stands. */
const OWNER = 'adminsSubject'

/** The routes under `/v1/accounts/{sub}`, `GET /v1/dead-letters`, `GET /v1/audit` and `GET /v1/audit/queries`. */
export function createAdminRoutes(options: AdminRoutesOptions): FastifyPluginAsync {
  const { log, store, exportsStore = store, audit, pseudonyms, ledger, verifyToken, clock, waitMsMax = 3000 } = options
  const queries = createQueryTrail(store)
  const sendExport = createExportSender({ store: exportsStore, pseudonyms, clock })

  return async (server) => {
    server.decorateRequest(OWNER, '')
    prepareAdminRoutes(server, {
      verifyToken,
      audit,
      pseudonyms,
      bodyBytesMax: BODY_BYTES_MAX,
      mediaTypes: ['application/merge-patch+json'],
      subjectOf,
      admit(request) {
        const subject = subjectOf(request)
        if (subject !== undefined) request.setDecorator(OWNER, pseudonyms.owner(subject))
      },
    })

    server.get('/v1/accounts/:sub/export', { schema: accountExportSchema }, (request, reply) =>
      sendExport(reply, ownerOf(request)),
    )

    server.patch('/v1/accounts/:sub/profile', { schema: accountProfileSchema }, (request) =>
      changeProfile(ownerOf(request), request.body, {
        ...{ log, store, pseudonyms, ledger, clock, waitMsMax },
        trace: request.id,
        by: 'admin',
      }),
    )

    server.delete('/v1/accounts/:sub', { schema: accountErasureSchema }, async (request, reply) =>
      reply
        .status(202)
        .send(await eraseAccount(ownerOf(request), { log, pseudonyms, ledger, clock, trace: request.id })),
    )

    server.put('/v1/accounts/:sub/block', { schema: blockSchema }, async (request, reply) =>
      reply.status(202).send(await blockAccount(ownerOf(request), { log, store, clock, trace: request.id })),
    )

    server.delete('/v1/accounts/:sub/block', { schema: liftSchema }, async (request, reply) =>
      reply.status(202).send(await liftBlock(ownerOf(request), { log, store, clock, trace: request.id })),
    )

    server.get<{ Querystring: ListQuery }>('/v1/dead-letters', { schema: deadLettersSchema }, (request) =>
      listDeadLetters(log, { limit: LIST_LIMIT, ...request.query }),
    )

    server.get<{ Querystring: ListQuery }>('/v1/audit', { schema: auditSchema }, (request) =>
      listAudit(audit, { limit: LIST_LIMIT, ...request.query }),
    )

    server.get<{ Querystring: ListQuery }>('/v1/audit/queries', { schema: queriesSchema }, (request) =>
      listQueries(queries, { limit: LIST_LIMIT, ...request.query }),
    )
  }
}

/** The account that the path names; `undefined` where it names none. */
function subjectOf({ params }: FastifyRequest): string | undefined {
  return (params as Partial<AccountPath>).sub // what the router found by the patterns above
}

function ownerOf(request: FastifyRequest): string {
  return request.getDecorator<string>(OWNER)
}
