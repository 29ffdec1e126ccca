/**
 * What DJ software talks to: sessions go up, are changed and are deleted (CONTRACT.md, "DJ software").
 * @module
 */
import type { Readable } from 'node:stream'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { requireScope, type VerifyToken } from '#platform/http/access.ts'
import { HttpProblem } from '#platform/http/problem.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ClosedAccounts } from '#platform/store/closed-accounts.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { ACCOUNT_EVENT_VERSION } from '#schemas/events/account-event.ts'
import { TEXT_LENGTH_MAX } from '#schemas/records/limits.ts'
import { createBodyBudget } from './body-budget.ts'
import { choicesSchema, deletionSchema, uploadSchema } from './documentation.ts'
import { createTagFiller } from './fill-tags.ts'
import { findSession } from './find-session.ts'
import { createRateLimit } from './rate-limit.ts'
import { readBody } from './read-body.ts'
import { readChoices } from './read-choices.ts'
import { type EventEnvelope, encodeEvent, receiveSessions } from './receive-sessions.ts'
import { parseJsonBody, splitSessions } from './split-sessions.ts'
import { isUsableText } from './text.ts'

/** Counts what became of sessions. Codes are closed sets (`outcomes.ts`), so they are fit for labels. */
export interface UploadMetrics {
  accepted(sessions: number): void
  rejected(code: string): void
}

export interface UploadRoutesOptions {
  readonly log: EventLog
  readonly store: StoreConnection
  readonly pseudonyms: Pseudonyms
  readonly verifyToken: VerifyToken
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Requests that an account may make in a minute. */
  readonly uploadsPerMinute: number
  readonly metrics?: UploadMetrics
  /** Which accounts are erased or blocked. */
  readonly closedAccounts: Pick<ClosedAccounts, 'reasonOf'>
}

const jsonTypes = ['application/json', 'application/merge-patch+json']
const ndjsonTypes = ['application/x-ndjson', 'application/ndjson']

/** Where the owner key of a request's account stands: the account id itself goes no further than the first hook. */
const OWNER = 'uploadOwner'

/** The routes `POST /v1/sessions`, `PATCH` and `DELETE /v1/sessions/{key}`. */
export function createUploadRoutes(options: UploadRoutesOptions): FastifyPluginAsync {
  const { log, store, pseudonyms, verifyToken, clock, metrics, closedAccounts } = options
  const rateLimit = createRateLimit({ perMinute: options.uploadsPerMinute, clock })
  const filler = createTagFiller()
  const budget = createBodyBudget()

  return async (server) => {
    server.decorateRequest(OWNER, '')

    // Before the body is read: a stranger costs no more than the check of a token.
    server.addHook('onRequest', async (request) => {
      const { accountId } = await requireScope(request, 'dj', verifyToken)
      const owner = pseudonyms.owner(accountId)
      const retryAfterSeconds = rateLimit.take(owner)
      if (retryAfterSeconds > 0) throw new HttpProblem('too-many-requests', { retryAfterSeconds })
      request.setDecorator(OWNER, owner)
      // What a DJ takes back is taken back of a closed account, too; only what would be new is refused.
      const closed = request.method === 'POST' ? await closedAccounts.reasonOf(owner) : undefined
      if (closed !== undefined) throw new HttpProblem(closed)
    })

    server.removeAllContentTypeParsers()
    server.addContentTypeParser([...jsonTypes, ...ndjsonTypes], (request: FastifyRequest, payload: Readable) =>
      readBody(request.headers, payload, budget),
    )
    // The handlers check bodies themselves, to say what is wrong with each session.
    server.setValidatorCompiler(() => () => true)

    server.post('/v1/sessions', { schema: uploadSchema }, async (request, reply) => {
      const body = bodyOf(request)
      const result = await budget.workOn(body, () => {
        const entries = splitSessions(body, isNdjson(request) ? 'ndjson' : 'json')
        return receiveSessions(entries, ownerOf(request), { log, pseudonyms, filler, clock, trace: request.id })
      })
      metrics?.accepted(result.accepted.length)
      for (const { code } of result.rejected) metrics?.rejected(code)
      if (result.accepted.length === 0 && result.rejected.length > 0) throw new HttpProblem('nothing-accepted', result)
      return reply.status(202).send(result)
    })

    server.patch<{ Params: { key: string } }>(
      '/v1/sessions/:key',
      { schema: choicesSchema },
      async (request, reply) => {
        if (isNdjson(request)) throw new HttpProblem('unsupported-media-type')
        const choices = readChoices(parseJsonBody(bodyOf(request)).value)
        const something = Object.keys(choices).length > 0
        const key = await appendForSession(request, something, (envelope) =>
          encodeEvent({ ...envelope, type: 'session-choices', choices }),
        )
        return reply.status(202).send(key === undefined ? {} : { key })
      },
    )

    server.delete<{ Params: { key: string } }>(
      '/v1/sessions/:key',
      { schema: deletionSchema },
      async (request, reply) => {
        const key = await appendForSession(request, true, (envelope) =>
          encodeEvent({ ...envelope, type: 'session-delete' }),
        )
        return reply.status(202).send(key === undefined ? {} : { key })
      },
    )
  }

  /**
   * Appends an event for the session that a path means. Where the store does not know it, the event carries the path
   * itself: the session may be on its way, and ingest finds it in the order of the log.
   */
  async function appendForSession(
    request: FastifyRequest<{ Params: { key: string } }>,
    something: boolean,
    encode: (envelope: EventEnvelope & { ref: string }) => Uint8Array,
  ): Promise<string | undefined> {
    const owner = ownerOf(request)
    const { key: ref } = request.params
    // No session can have such an id.
    if (ref.length > 2 * TEXT_LENGTH_MAX || !isUsableText(ref)) return undefined
    const key = await findSession(store, owner, ref)
    const envelope = { v: ACCOUNT_EVENT_VERSION, trace: request.id, owner, at: clock(), ref: key ?? ref } as const
    if (something) await log.append([{ owner, payload: encode(envelope) }])
    return key
  }
}

function ownerOf(request: Pick<FastifyRequest, 'getDecorator'>): string {
  return request.getDecorator<string>(OWNER)
}

function bodyOf(request: FastifyRequest): Buffer {
  if (!Buffer.isBuffer(request.body)) throw new HttpProblem('unreadable-body')
  return request.body
}

function isNdjson(request: FastifyRequest): boolean {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  return mediaType !== undefined && ndjsonTypes.includes(mediaType)
}
