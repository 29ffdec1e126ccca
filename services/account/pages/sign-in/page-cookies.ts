/**
 * The cookies of the pages: `HttpOnly`, for this site alone, and `Secure` over HTTPS, where their names bind them to this very
 * host (`__Host-`). On `http://127.0.0.1` a browser may refuse both, so there they have plain names; nothing leaves the
 * computer. Values are sealed, which needs no escaping.
 *
 * Source: RFC 6265bis, 4.1.3 (prefixes of names).
 * @module
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageOrigin } from './page-origin.ts'

/** What browsers keep of one cookie, name and all. */
const COOKIE_BYTES_MAX = 4096

const names = { session: 'tonearm-session', 'sign-in': 'tonearm-sign-in', 'upload-token': 'tonearm-upload' } as const

export type PageCookie = keyof typeof names

function nameOf(cookie: PageCookie, { isSecure }: PageOrigin): string {
  return `${isSecure ? '__Host-' : ''}${names[cookie]}`
}

export function readCookie(request: FastifyRequest, cookie: PageCookie, origin: PageOrigin): string | undefined {
  const wanted = `${nameOf(cookie, origin)}=`
  const pair = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(wanted))
  return pair?.trim().slice(wanted.length)
}

/** Whether it was set: one that is longer than browsers keep is not. */
export function setCookie(
  reply: FastifyReply,
  cookie: PageCookie,
  { value, maxAgeSeconds }: { readonly value: string; readonly maxAgeSeconds: number },
  origin: PageOrigin,
): boolean {
  const name = nameOf(cookie, origin)
  // Lax and not Strict: who comes from a link, or back from the identity provider, is still signed in.
  const text = `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}`
  if (name.length + value.length > COOKIE_BYTES_MAX) return false
  reply.header('set-cookie', origin.isSecure ? `${text}; Secure` : text)
  return true
}

export function clearCookie(reply: FastifyReply, cookie: PageCookie, origin: PageOrigin): void {
  setCookie(reply, cookie, { value: '', maxAgeSeconds: 0 }, origin)
}
