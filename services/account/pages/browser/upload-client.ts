/**
 * The calls of the upload page to the API: with a token that is asked for when it is needed, and again when it has expired;
 * what fails in passing is tried again.
 * @module
 */
import type { ListedSession } from '#rules/known-sessions.ts'
import type { SessionUpload } from '#schemas/records/session.ts'

const TRIES_MAX = 6
const PAUSE_MS_MIN = 500
const PAUSE_MS_MAX = 15_000
const PAGE_SESSIONS = 500
/** Half a million sessions: a list that goes on for longer does not end. */
const PAGES_MAX = 1000

export type StopReason = 'signed-out' | 'unreachable'

/** Going on makes no sense. `code` is the service's, where it said no for good. */
export class UploadStopped extends Error {
  readonly reason: StopReason | { readonly code: string; readonly detail: string }

  constructor(reason: UploadStopped['reason']) {
    super('the upload stopped')
    this.name = 'UploadStopped'
    this.reason = reason
  }
}

/** What became of each session of a request, by its place. */
export interface UploadAnswer {
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly detail: string }[]
}

export interface UploadClientOptions {
  /** Path of the page's token, and the secret of its forms. */
  readonly tokenPath: string
  readonly formSecret: string
  readonly onPause: () => void
}

export function createUploadClient({ tokenPath, formSecret, onPause }: UploadClientOptions) {
  let token: string | undefined

  async function renewToken(): Promise<string> {
    const body = new URLSearchParams({ form: formSecret })
    const answer = await fetch(tokenPath, { method: 'POST', body, redirect: 'manual' })
    if (!answer.ok) throw new UploadStopped('signed-out')
    const { token: renewed } = (await answer.json()) as { token: string } // as our own page answers
    token = renewed
    return renewed
  }

  async function call(path: string, init: RequestInit = {}): Promise<{ status: number; value: unknown }> {
    let hasRenewed = false
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once(path, init)
      if (answer?.status === 401 && !hasRenewed) {
        hasRenewed = true
        await renewToken()
        continue
      }
      const isPassing = answer === undefined || answer.status === 429 || answer.status >= 500
      if (!isPassing) return { status: answer.status, value: await answer.json() }
      if (attempt === TRIES_MAX) throw new UploadStopped('unreachable')
      onPause()
      await new Promise((resolve) => setTimeout(resolve, pauseMs(answer, attempt)))
    }
  }

  async function once(path: string, init: RequestInit): Promise<Response | undefined> {
    const authorization = `Bearer ${token ?? (await renewToken())}`
    try {
      return await fetch(path, { ...init, headers: { ...init.headers, authorization }, credentials: 'omit' })
    } catch {
      return undefined
    }
  }

  return {
    /** Every session that is there already. */
    async *listSessions(): AsyncGenerator<ListedSession, void> {
      let cursor = ''
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const { status, value } = await call(`/v1/me/sessions?limit=${PAGE_SESSIONS}${cursor}`)
        if (status !== 200) throw new UploadStopped(refusalOf(value))
        const { sessions, next } = value as { sessions: ListedSession[]; next?: string } // as the API is documented
        yield* sessions
        if (next === undefined) return
        cursor = `&cursor=${encodeURIComponent(next)}`
      }
    },

    /** Sends sessions in one request. Not one accepted is an answer too. */
    async upload(sessions: readonly SessionUpload[]): Promise<UploadAnswer> {
      const body = await compressed(JSON.stringify({ sessions }))
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
      const { status, value } = await call('/v1/sessions', { method: 'POST', headers, body })
      const { rejected } = value as Partial<UploadAnswer> // as the API is documented; a problem without has none
      if ((status === 202 || status === 422) && rejected !== undefined) return { rejected }
      throw new UploadStopped(refusalOf(value))
    },
  }
}

/** Seconds that the service asks for, else longer each time. */
function pauseMs(answer: Response | undefined, attempt: number): number {
  const seconds = Number(answer?.headers.get('retry-after') ?? Number.NaN)
  return Math.min(PAUSE_MS_MAX, seconds > 0 ? seconds * 1000 : PAUSE_MS_MIN * 2 ** attempt)
}

function refusalOf(value: unknown): { readonly code: string; readonly detail: string } {
  const { code = '', detail = code } = value as { code?: string; detail?: string } // problem details, or nothing of them
  return { code, detail }
}

async function compressed(text: string): Promise<Blob> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return await new Response(stream).blob()
}
