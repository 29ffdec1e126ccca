/**
 * What every answer tells a browser to keep others from doing with it.
 *
 * Sources: OWASP Secure Headers Project, RFC 6797 (HSTS), the Fetch standard (CORS, CORP).
 * @module
 */
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Two years, as browsers ask of those they know by heart. */
const HSTS_SECONDS = 63_072_000

/** Everything that a page of ours never asks a device for. */
const deniedFeatures = [
  ...['accelerometer', 'autoplay', 'browsing-topics', 'camera', 'display-capture', 'encrypted-media', 'fullscreen'],
  ...['geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi', 'payment', 'picture-in-picture'],
  ...['publickey-credentials-get', 'screen-wake-lock', 'usb', 'xr-spatial-tracking'],
]

const always: Readonly<Record<string, string>> = {
  // For what is no page. Pages bring their own policy, which allows the stylesheet.
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Addresses name playlists and receipts: other sites are not told where a reader came from.
  'referrer-policy': 'no-referrer',
  'permissions-policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // What a route does not say may be kept is kept by nobody.
  'cache-control': 'no-store',
}

/** The headers of every answer, by name. HSTS only over TLS: over plain HTTP browsers have to ignore it (RFC 6797, 7.2). */
export function securityHeaders({ isTls }: { readonly isTls: boolean }): Readonly<Record<string, string>> {
  return isTls ? { ...always, 'strict-transport-security': `max-age=${HSTS_SECONDS}` } : always
}

/** Adds them to every answer of the server; a header that a route has set stays. */
export function sendSecurityHeaders(server: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  const entries = Object.entries(headers)
  server.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of entries) if (!reply.hasHeader(name)) reply.header(name, value)
  })
  // Past every hook go addresses that cannot be decoded, and what Fastify writes by itself while it closes.
  server.server.prependListener('request', (_request, response) => {
    for (const [name, value] of entries) response.setHeader(name, value)
  })
}

/**
 * Lets scripts of every site read an answer. For public ones only, and safe for them: `*` makes a browser send no cookies
 * and no credentials along, so a site learns what everybody may know and nothing of who reads it. What needs a token
 * never gets it, so that no page of a stranger can use one that it came by from a browser.
 */
export function allowAnyOrigin(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*')
  reply.header('access-control-expose-headers', 'etag, retry-after, x-request-id')
  reply.header('cross-origin-resource-policy', 'cross-origin')
}
