/**
 * Who is signed in: the account, until when, and a secret that its forms carry. All of it stands sealed in a cookie, so that
 * any process answers any request, and nothing of it is kept here but that somebody has signed out.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageSeal } from '#platform/keys/page-seal.ts'
import { isAccountId } from '#platform/keys/token-claims.ts'
import type { EndedSessions } from './ended-sessions.ts'
import { clearCookie, readCookie, setCookie } from './page-cookies.ts'
import type { PageOrigin } from './page-origin.ts'

/** A night's work; afterwards one signs in again. */
const SESSION_SECONDS = 12 * 3600

export interface PageSession {
  readonly accountId: string
  /** Stands in every form of the session, and nobody else knows it. */
  readonly formSecret: string
  /** Unix milliseconds. */
  readonly expiresAtMs: number
}

export type PageSessions = ReturnType<typeof createPageSessions>

export function createPageSessions(options: {
  readonly seal: PageSeal
  readonly ended: EndedSessions
  /** Unix milliseconds. */
  readonly clock: () => number
}) {
  const { seal, ended, clock } = options

  return {
    async begin(reply: FastifyReply, accountId: string, origin: PageOrigin): Promise<void> {
      const formSecret = randomBytes(24).toString('base64url')
      const value = await seal.seal('session', { sub: accountId, form: formSecret }, clock() + SESSION_SECONDS * 1000)
      setCookie(reply, 'session', { value, maxAgeSeconds: SESSION_SECONDS }, origin)
    },

    /** Rejects with `store-unavailable` where nobody can tell whether it was ended. */
    async current(request: FastifyRequest, origin: PageOrigin): Promise<PageSession | undefined> {
      const sealed = readCookie(request, 'session', origin)
      const content = sealed === undefined ? undefined : await seal.open('session', sealed)
      const { sub, form, exp } = content ?? {}
      if (!isAccountId(sub) || typeof form !== 'string' || exp === undefined) return undefined
      const session = { accountId: sub, formSecret: form, expiresAtMs: exp * 1000 }
      return (await ended.has(session)) ? undefined : session
    },

    /** For every copy of its cookie. Rejects with `store-unavailable`: then only this browser has lost it. */
    async end(reply: FastifyReply, session: PageSession, origin: PageOrigin): Promise<void> {
      clearCookie(reply, 'session', origin)
      clearCookie(reply, 'upload-token', origin)
      await ended.add(session)
    },
  }
}
