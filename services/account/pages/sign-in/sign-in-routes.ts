/**
 * Signing in and out. What a link says is asked before it is used, so that a preview of it by some program uses nothing up,
 * and nobody is signed in as somebody whom they do not know of.
 * @module
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { pageSchema as schema } from '#platform/pages/answer-with-pages.ts'
import { DEFAULT_LANGUAGE, languages } from '#platform/pages/language.ts'
import { type Locale, localeOf } from '#platform/pages/locale.ts'
import { sendPage } from '../visit.ts'
import type { PageAccess } from './page-access.ts'
import { clearCookie, readCookie, setCookie } from './page-cookies.ts'
import { type PageOrigin, pageOriginOf } from './page-origin.ts'
import type { PageSessions } from './page-sessions.ts'
import type { SignedIn } from './provider-sign-in.ts'
import { formOf, sessionFormOf } from './read-form.ts'
import { type SignInOffer, signedOutPage, signInPage } from './sign-in-page.ts'

/** So long one may take at the provider. */
const ATTEMPT_SECONDS = 10 * 60

export interface SignInRoutesOptions {
  readonly access: PageAccess
  readonly sessions: PageSessions
  readonly locale: Locale
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** `GET` and `POST /me/sign-in`, `GET /me/sign-in/provider` and `/me/sign-in/callback`, and the same for signing out. */
export function signInRoutes(server: FastifyInstance, options: SignInRoutesOptions): void {
  const { access, sessions, locale, clock } = options
  const { provider, links, seal, publicUrl } = access
  const originOf = (request: FastifyRequest) => pageOriginOf(request, publicUrl)
  const home = locale.link('/me')
  // One for all languages, for it has to be written down at the provider.
  const callbackOf = ({ origin }: PageOrigin) => `${origin}/me/sign-in/callback`

  /** The ways in that there are, for somebody with or without a code. */
  async function offer(request: FastifyRequest, code: string | null): Promise<SignInOffer> {
    if (originOf(request) === undefined) return { kind: 'not-safe' }
    if (provider !== undefined) return { kind: 'provider' }
    if (links === undefined) return { kind: 'none' }
    if (code === null) return { kind: 'link' }
    const accountId = await links.read(code)
    return accountId === undefined ? { kind: 'link', problem: 'used' } : { kind: 'code', code, accountId }
  }

  const show = (reply: FastifyReply, shown: SignInOffer, status?: number) =>
    sendPage(reply, signInPage(shown, locale), locale, status)

  server.get<{ Querystring: { code?: string } }>('/me/sign-in', { schema }, async (request, reply) => {
    const origin = originOf(request)
    const { code } = request.query
    if (code === undefined && origin !== undefined && (await sessions.current(request, origin)) !== undefined) {
      return reply.redirect(home, 303)
    }
    return show(reply, await offer(request, typeof code === 'string' ? code : null))
  })

  server.post('/me/sign-in', { schema }, async (request, reply) => {
    const origin = originOf(request)
    if (origin === undefined || links === undefined) return show(reply, await offer(request, null), 403)
    const accountId = await links.redeem(formOf(request, origin).get('code') ?? '')
    if (accountId === undefined) return show(reply, { kind: 'link', problem: 'used' }, 403)
    await sessions.begin(reply, accountId, origin)
    return reply.redirect(home, 303)
  })

  server.get('/me/sign-in/provider', { schema }, async (request, reply) => {
    const origin = originOf(request)
    if (origin === undefined || provider === undefined) return show(reply, await offer(request, null), 403)
    try {
      const { url, attempt } = await provider.start(callbackOf(origin))
      const value = await seal.seal(
        'sign-in',
        { ...attempt, language: locale.language },
        clock() + ATTEMPT_SECONDS * 1000,
      )
      setCookie(reply, 'sign-in', { value, maxAgeSeconds: ATTEMPT_SECONDS }, origin)
      return reply.redirect(url.href, 303)
    } catch (cause) {
      if (!isOutage(cause)) throw cause
      return show(reply.header('retry-after', 5), { kind: 'provider', problem: 'unavailable' }, 503)
    }
  })

  if (locale.language === DEFAULT_LANGUAGE)
    server.get('/me/sign-in/callback', { schema }, async (request, reply) => {
      const origin = originOf(request)
      if (origin === undefined || provider === undefined) return show(reply, await offer(request, null), 403)
      const attempt = await readAttempt(request, origin)
      clearCookie(reply, 'sign-in', origin)
      if (attempt === undefined) return show(reply, { kind: 'provider', problem: 'refused' }, 403)
      try {
        const { search } = new URL(request.url, origin.origin)
        const signedIn = await provider.finish(new URL(callbackOf(origin) + search), attempt)
        if (signedIn === undefined) return show(reply, { kind: 'provider', problem: 'refused' }, 403)
        await sessions.begin(reply, signedIn.accountId, origin)
        await keepUploadToken(reply, signedIn, origin)
        return reply.redirect(localeOf(attempt.language).link('/me'), 303)
      } catch (cause) {
        if (!isOutage(cause)) throw cause
        return show(reply.header('retry-after', 5), { kind: 'provider', problem: 'unavailable' }, 503)
      }
    })

  async function readAttempt(request: FastifyRequest, origin: PageOrigin) {
    const { state, nonce, verifier, language } =
      (await seal.open('sign-in', readCookie(request, 'sign-in', origin) ?? '')) ?? {}
    const isWhole = typeof state === 'string' && typeof nonce === 'string' && typeof verifier === 'string'
    const known = languages.find((name) => name === language) ?? DEFAULT_LANGUAGE
    return isWhole ? { state, nonce, verifier, language: known } : undefined
  }

  /** The provider's token is needed for uploads alone, so it has a cookie of its own; one that is too long is left out. */
  async function keepUploadToken(reply: FastifyReply, signedIn: SignedIn, origin: PageOrigin): Promise<void> {
    const { accessToken, accessTokenExpiresAtMs } = signedIn
    if (accessTokenExpiresAtMs === undefined || !(await access.isUploadToken(signedIn))) return
    const value = await seal.seal('upload-token', { token: accessToken }, accessTokenExpiresAtMs)
    const maxAgeSeconds = Math.max(0, Math.floor((accessTokenExpiresAtMs - clock()) / 1000))
    setCookie(reply, 'upload-token', { value, maxAgeSeconds }, origin)
  }

  server.post('/me/sign-out', { schema }, async (request, reply) => {
    const origin = originOf(request)
    const session = origin && (await sessions.current(request, origin))
    if (origin !== undefined && session !== undefined) {
      sessionFormOf(request, origin, session)
      await sessions.end(reply, session, origin)
    }
    return reply.redirect(locale.link('/me/signed-out'), 303)
  })

  server.get('/me/signed-out', { schema }, (_request, reply) =>
    sendPage(reply, signedOutPage({ hasProvider: provider !== undefined }, locale), locale),
  )

  // A link of that page, for a form may not lead to another host.
  server.get('/me/signed-out/provider', { schema }, async (request, reply) => {
    const origin = originOf(request)
    const url = origin && (await provider?.signOutUrl(`${origin.origin}/me/signed-out`))
    return reply.redirect(url?.href ?? locale.link('/me/signed-out'), 303)
  })
}

function isOutage(cause: unknown): boolean {
  return cause instanceof TonearmError && cause.code === 'identity-provider-unavailable'
}
