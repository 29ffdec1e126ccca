/**
 * Where a browser is, as it sees it: the origin that forms have to come from, and whether what it sends can be overheard.
 * @module
 */
import type { FastifyRequest } from 'fastify'
import { isLoopback } from '#platform/config/loopback.ts'

export interface PageOrigin {
  /** `https://charts.example`. */
  readonly origin: string
  /** Over HTTPS; else it is this very computer. */
  readonly isSecure: boolean
}

/**
 * `undefined` where nobody can be signed in: over plain HTTP to another computer a cookie could be read on its way. Behind a
 * proxy that speaks HTTPS the setting `PUBLIC_URL` tells; what a request says of it is not believed.
 */
export function pageOriginOf(request: FastifyRequest, publicUrl: URL | undefined): PageOrigin | undefined {
  const text = publicUrl?.origin ?? `${request.protocol}://${request.host}`
  if (!URL.canParse(text)) return undefined
  const { origin, protocol, hostname } = new URL(text)
  if (protocol === 'https:') return { origin, isSecure: true }
  return isLoopback(hostname) ? { origin, isSecure: false } : undefined
}
