/**
 * What belongs to the DJ: profile, choices, own sessions (CONTRACT.md, "The DJ's own data").
 * @module
 */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { EventLog } from '#platform/event-log/event-log.ts'
import type { VerifyToken } from '#platform/http/access.ts'
import { HttpProblem } from '#platform/http/problem.ts'
import { prepareScopedRoutes } from '#platform/http/scoped-routes.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { changeProfile, readProfile } from './change-profile.ts'
import {
  erasureSchema,
  exportSchema,
  profileChangeSchema,
  profileSchema,
  SESSIONS_LIMIT,
  type SessionsQuery,
  sessionSchema,
  sessionsSchema,
} from './documentation.ts'
import { eraseAccount } from './erase-account.ts'
import { createExportSender } from './export/send-export.ts'
import { listOwnSessions, readOwnSession } from './own-sessions.ts'
import { decodeSessionCursor } from './session-cursor.ts'

export interface AccountRoutesOptions {
  readonly log: EventLog
  readonly store: StoreConnection
  /** What exports read through, so that a long one holds up nobody; `store` by default. */
  readonly exportsStore?: StoreConnection
  readonly pseudonyms: Pseudonyms
  readonly ledger: Pick<ErasureLedger, 'append'>
  readonly verifyToken: VerifyToken
  /** Unix milliseconds. */
  readonly clock: () => number
  /** How long the answer to a change waits until the store shows it; 3 s by default. */
  readonly waitMsMax?: number
}

const PROFILE_BYTES_MAX = 64 * 1024

/** Where the owner key of a request's account stands: the account id itself goes no further than the first hook. */
const OWNER = 'accountOwner'

/** The routes `GET` and `PATCH /v1/me/profile`, `GET /v1/me/sessions`, `GET /v1/me/sessions/{key}` and `GET /v1/me/export`. */
export function createAccountRoutes(options: AccountRoutesOptions): FastifyPluginAsync {
  const { log, store, exportsStore = store, pseudonyms, ledger, verifyToken, clock, waitMsMax = 3000 } = options
  const sendExport = createExportSender({ store: exportsStore, pseudonyms, clock })

  return async (server) => {
    server.decorateRequest(OWNER, '')
    prepareScopedRoutes(server, {
      scope: 'dj',
      verifyToken,
      admit: (request, accountId) => request.setDecorator(OWNER, pseudonyms.owner(accountId)),
      bodyBytesMax: PROFILE_BYTES_MAX,
      mediaTypes: ['application/merge-patch+json'],
    })

    server.get('/v1/me/profile', { schema: profileSchema }, (request) => readProfile(store, ownerOf(request)))

    server.patch('/v1/me/profile', { schema: profileChangeSchema }, (request) =>
      changeProfile(ownerOf(request), request.body, {
        ...{ log, store, pseudonyms, ledger, clock, waitMsMax },
        trace: request.id,
      }),
    )

    server.delete('/v1/me', { schema: erasureSchema }, async (request, reply) =>
      reply
        .status(202)
        .send(await eraseAccount(ownerOf(request), { log, pseudonyms, ledger, clock, trace: request.id })),
    )

    server.get<{ Querystring: SessionsQuery }>('/v1/me/sessions', { schema: sessionsSchema }, (request) => {
      const { limit = SESSIONS_LIMIT, cursor } = request.query
      const after = cursor === undefined ? undefined : decodeSessionCursor(cursor)
      if (cursor !== undefined && after === undefined) {
        const errors = [{ path: '/cursor', message: 'must be the `next` of a page before' }]
        throw new HttpProblem('invalid-request', { errors })
      }
      return listOwnSessions(ownerOf(request), { limit, after }, { store, pseudonyms })
    })

    server.get<{ Params: { key: string } }>('/v1/me/sessions/:key', { schema: sessionSchema }, (request) =>
      readOwnSession(ownerOf(request), request.params.key, { store, pseudonyms }),
    )

    server.get('/v1/me/export', { schema: exportSchema }, (request, reply) => sendExport(reply, ownerOf(request)))
  }
}

function ownerOf(request: FastifyRequest): string {
  return request.getDecorator<string>(OWNER)
}
