import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { Compile } from 'typebox/compile'
import { onTestFinished } from 'vitest'
import type { EventLog, NewEvent } from '#platform/event-log/event-log.ts'
import { registerOpenApi } from '#platform/http/openapi.ts'
import { createServer } from '#platform/http/server.ts'
import { createLocalVerifier, issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ClosedReason } from '#platform/store/account-states.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { AccountEvent, SessionPut } from '#schemas/events/account-event.ts'
import { createUploadRoutes } from '../../services/upload/routes.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const accountEvent = Compile(AccountEvent)
const sessionPut = Compile(SessionPut)

export const nowMs = Date.UTC(2026, 1, 14)
export const pseudonyms = createPseudonyms(randomBytes(32))

/** What was appended, decoded; the port's promises on durability are tested with its adapters. */
export function appendedEvents(appended: readonly NewEvent[]): AccountEvent[] {
  return appended.map(({ payload }) => {
    const event: unknown = JSON.parse(Buffer.from(payload).toString())
    if (!accountEvent.Check(event)) throw new Error(`no account event: ${JSON.stringify(event)}`)
    return event
  })
}

export function appendedSessions(appended: readonly NewEvent[]): SessionPut['session'][] {
  return appendedEvents(appended).map((event) => {
    if (!sessionPut.Check(event)) throw new Error(`no session: ${event.type}`)
    return event.session
  })
}

export interface UploadServer {
  readonly server: FastifyInstance
  readonly appended: NewEvent[]
  readonly appendCalls: () => number
  readonly token: (account?: string, scope?: 'dj' | 'analyst') => Promise<string>
  /** Posts a body: objects as JSON, everything else as it is. */
  readonly post: (body: unknown, headers?: Record<string, string>) => Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  // An answer's shape is what the tests are about.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any
}

/** A server with the upload's routes, which keeps in memory what it appends. */
export async function uploadServer(
  options: {
    readonly store?: StoreConnection
    /** Why uploads are refused. */
    readonly closed?: ClosedReason
    readonly uploadsPerMinute?: number
    readonly clock?: () => number
    readonly append?: EventLog['append']
  } = {},
): Promise<UploadServer> {
  const appended: NewEvent[] = []
  let appendCalls = 0
  const missing = () => Promise.reject(new Error('not a part of this test'))
  const log: EventLog = {
    append: async (events) => {
      appendCalls += 1
      if (options.append !== undefined) return await options.append(events)
      appended.push(...events)
      return events.map((_, offset) => ({ partition: 0, offset }))
    },
    consume: missing,
    deadLetter: missing,
    deadLetters: missing,
    trim: missing,
    erase: missing,
    lag: missing,
    hasConsumers: missing,
    identity: missing,
    close: async () => undefined,
  }
  const key = await readLocalKey(temporaryFolder())
  const server = createServer({ logger: pino({ level: 'silent' }) })
  await registerOpenApi(server)
  await server.register(
    createUploadRoutes({
      log,
      // Only the routes of a single session ask the store; a test of these brings one.
      store: options.store ?? ({ rows: missing, run: missing, insert: missing } as unknown as StoreConnection),
      pseudonyms,
      verifyToken: await createLocalVerifier(key),
      clock: options.clock ?? (() => nowMs),
      uploadsPerMinute: options.uploadsPerMinute ?? 100_000,
      closedAccounts: { reasonOf: async () => options.closed },
    }),
  )
  onTestFinished(() => server.close())
  const token = (account = 'ana', scope: 'dj' | 'analyst' = 'dj') => issueToken(key, account, [scope])
  const ownToken = await token()
  return {
    server,
    appended,
    appendCalls: () => appendCalls,
    token,
    async post(body, headers = {}) {
      const raw = typeof body === 'string' || Buffer.isBuffer(body)
      const response = await server.inject({
        method: 'POST',
        url: '/v1/sessions',
        headers: { authorization: `Bearer ${ownToken}`, 'content-type': 'application/json', ...headers },
        payload: raw ? body : JSON.stringify(body),
      })
      return { status: response.statusCode, headers: response.headers, body: response.json() }
    },
  }
}

/** A session that nothing is wrong with. */
export function goodSession(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: '86',
    historyId: '8c1e',
    startedAt: '2026-02-13T20:58:00+13:00',
    tracks: [{ id: '1', deck: 2, tags: { title: 'Weightless', artist: 'Ana', bpm: 124.02 } }],
    ...overrides,
  }
}

/** A track of a good session, with other members. */
export function withTrack(track: Record<string, unknown>): Record<string, unknown> {
  return goodSession({ tracks: [{ id: '1', ...track }] })
}
