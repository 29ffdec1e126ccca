/**
 * Who is signed in: the account, until when, and a secret that its forms carry. All of it stands sealed in a cookie, so that
 * any process answers any request, and nothing of it is kept here.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageSeal } from '#platform/keys/page-seal.ts'
import { isAccountId } from '#platform/keys/token-claims.ts'
import { clearCookie, readCookie, setCookie } from './page-cookies.ts'
import type { PageOrigin } from './page-origin.ts'

/** A night's work; afterwards one signs in again. */
const SESSION_SECONDS = 12 * 3600

export interface PageSession {
  readonly accountId: string
  /** Stands in every form of the session, and nobody else knows it. */
  readonly formSecret: string
}

export type PageSessions = ReturnType<typeof createPageSessions>

/** @param clock Unix milliseconds. */
export function createPageSessions({ seal, clock }: { readonly seal: PageSeal; readonly clock: () => number }) {
  return {
    async begin(reply: FastifyReply, accountId: string, origin: PageOrigin): Promise<void> {
      const formSecret = randomBytes(24).toString('base64url')
      const value = await seal.seal('session', { sub: accountId, form: formSecret }, clock() + SESSION_SECONDS * 1000)
      setCookie(reply, 'session', { value, maxAgeSeconds: SESSION_SECONDS }, origin)
    },

    async current(request: FastifyRequest, origin: PageOrigin): Promise<PageSession | undefined> {
      const sealed = readCookie(request, 'session', origin)
      const content = sealed === undefined ? undefined : await seal.open('session', sealed)
      const { sub, form } = content ?? {}
      if (!isAccountId(sub) || typeof form !== 'string') return undefined
      return { accountId: sub, formSecret: form }
    },

    end(reply: FastifyReply, origin: PageOrigin): void {
      clearCookie(reply, 'session', origin)
      clearCookie(reply, 'upload-token', origin)
    },
  }
}
