/**
 * The calls to the server, with retries: what fails in passing is tried again after a pause, what is final is told.
 * @module
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ListedSession } from '#rules/known-sessions.ts'

/** First try included. */
const TRIES_MAX = 7
const PAUSE_MS_MIN = 500
const PAUSE_MS_MAX = 30_000
/** A server that asks for a longer pause is asked again another day. */
const RETRY_AFTER_MS_MAX = 5 * 60_000
const REQUEST_MS_MAX = 120_000
const PAGE_SESSIONS = 100
/** A million sessions: a list that goes on for longer does not end. */
const PAGES_MAX = 10_000

/** The call failed for good. `code` is the problem's, or one of `server-unreachable`, `http-STATUS`, `unexpected-answer`. */
export class CallFailed extends Error {
  readonly code: string
  readonly status: number | undefined
  readonly body: unknown

  constructor(code: string, detail: string, status?: number, body?: unknown) {
    super(detail)
    this.name = 'CallFailed'
    this.code = code
    this.status = status
    this.body = body
  }
}

export interface ServerClientDependencies {
  readonly server: URL
  readonly token: string
  readonly fetch: typeof fetch
  readonly sleep: (ms: number) => Promise<void>
  readonly now: () => number
  /** From 0 to 1: pauses differ, so that many clients do not come back at once. */
  readonly random: () => number
  /** Told before each pause. */
  readonly onPause: (why: string, ms: number) => void
}

export type ServerClient = ReturnType<typeof createServerClient>

/** Only what is used of the answer, so that a server that tells more or less is understood too. */
const UploadAnswer = Type.Object({
  accepted: Type.Optional(
    Type.Array(Type.Object({ id: Type.String(), warnings: Type.Optional(Type.Array(Type.Unknown())) })),
  ),
  rejected: Type.Array(Type.Object({ index: Type.Integer(), code: Type.String(), detail: Type.String() })),
})
export type UploadAnswer = Static<typeof UploadAnswer>

const uploadAnswer = Compile(UploadAnswer)
const sessionPage = Compile(
  Type.Object({
    sessions: Type.Array(
      Type.Object({ id: Type.String(), historyId: Type.Optional(Type.String()), trackCount: Type.Integer() }),
    ),
    next: Type.Optional(Type.String()),
  }),
)
const problem = Compile(Type.Object({ code: Type.String(), detail: Type.Optional(Type.String()) }))

type JsonBody = { readonly text: string } | { readonly gzip: Uint8Array<ArrayBuffer> }

/** All calls reject with {@link CallFailed}. */
export function createServerClient(deps: ServerClientDependencies) {
  const { server, token, fetch, sleep, now, random, onPause } = deps

  async function call(method: string, path: string, body?: JsonBody): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once(method, path, body)
      if ('value' in answer) return answer.value
      const pauseMs = answer.retryAfterMs ?? pauseBefore(attempt)
      if (!answer.isPassing || attempt === TRIES_MAX || pauseMs > RETRY_AFTER_MS_MAX) throw answer.failure
      onPause(answer.failure.message, pauseMs)
      await sleep(pauseMs)
    }
  }

  function pauseBefore(attempt: number): number {
    return Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** (attempt - 1)) * (0.5 + random() / 2)
  }

  async function once(method: string, path: string, body?: JsonBody) {
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (body !== undefined && 'gzip' in body) headers['content-encoding'] = 'gzip'
    try {
      const response = await fetch(new URL(path, server), {
        method,
        headers,
        signal: AbortSignal.timeout(REQUEST_MS_MAX),
        ...(body === undefined ? {} : { body: 'gzip' in body ? body.gzip : body.text }),
      })
      const value = jsonOf(await response.text())
      if (response.ok) return { value }
      const { code, detail } = problem.Check(value) ? value : { code: `http-${response.status}`, detail: undefined }
      const failure = new CallFailed(code, detail ?? `the server answered ${response.status}`, response.status, value)
      const isPassing = response.status === 429 || response.status >= 500
      return { failure, isPassing, retryAfterMs: retryAfterMsOf(response.headers.get('retry-after'), now()) }
    } catch {
      // No words of the network's error: they differ from system to system and name nothing that helps.
      const failure = new CallFailed('server-unreachable', `no answer from ${server.origin}`)
      return { failure, isPassing: true, retryAfterMs: undefined }
    }
  }

  return {
    /** Every session that the server has of the account, page by page. */
    async *listSessions(): AsyncGenerator<ListedSession, void> {
      let cursor: string | undefined
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const answer = await call('GET', `v1/me/sessions?limit=${PAGE_SESSIONS}${query}`)
        if (!sessionPage.Check(answer)) throw new CallFailed('unexpected-answer', 'the list of sessions is unreadable')
        // The members that are not checked are only compared, so a wrong type of theirs does no harm.
        yield* answer.sessions as ListedSession[]
        if (answer.next === undefined || answer.next === cursor) return
        cursor = answer.next
      }
    },

    /** Gives the consent to contribute to charts. */
    async consentToCharts(consentText: string): Promise<void> {
      await call('PATCH', 'v1/me/profile', { text: JSON.stringify({ choices: { charts: true }, consentText }) })
    },

    /** @param body JSON of `{"sessions":[…]}`. Not one accepted is an answer too, not a failure. */
    async uploadSessions(body: string): Promise<UploadAnswer> {
      try {
        const answer = await call('POST', 'v1/sessions', { gzip: new Uint8Array(await gzipAsync(body)) })
        if (uploadAnswer.Check(answer)) return answer
      } catch (error) {
        if (!(error instanceof CallFailed) || error.status !== 422 || !uploadAnswer.Check(error.body)) throw error
        return error.body
      }
      throw new CallFailed('unexpected-answer', 'the answer to an upload is unreadable')
    },
  }
}

const gzipAsync = promisify(gzip)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Seconds or an HTTP date. */
function retryAfterMsOf(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}
