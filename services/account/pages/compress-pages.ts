/**
 * Compresses the pages of a part of a server, but for those who come from another site.
 *
 * How long a compressed page is tells whether a text of the request stands in it a second time (BREACH): who can make a
 * browser ask again and again with texts of theirs, and sees how long the answers are, guesses what the page holds, the
 * secret of its forms before all. Such requests come from the page of another site, and the browser says so in
 * `Sec-Fetch-Site`, which no page can set. So they, and programs that say nothing of it, get the page as it is. To mask the
 * secret anew in each page would protect it alone, and not the names of private sessions.
 *
 * Sources: Gluck, Harris, Prado, BREACH: Reviving the CRIME Attack (2013); Fetch Metadata Request Headers (W3C).
 * @module
 */
import type { FastifyInstance } from 'fastify'
import { addVary, chooseEncoding, compress, isCompressible } from '#platform/pages/compression.ts'
import { HTML_TYPE } from '#platform/pages/public-answer.ts'

/** From a page of ours, or from the person: an address that was typed, a bookmark. */
const ownSites: readonly unknown[] = ['same-origin', 'none']

/** For all routes that are registered on this server afterwards, and for pages in the place of their problems. */
export function compressPages(server: FastifyInstance): void {
  server.addHook('onSend', async ({ headers }, reply, payload) => {
    const contentType = String(reply.getHeader('content-type'))
    if (contentType !== HTML_TYPE || !(typeof payload === 'string' || Buffer.isBuffer(payload))) return payload
    addVary(reply, 'accept-encoding, sec-fetch-site')
    const bytes = Buffer.from(payload)
    const encoding = chooseEncoding(headers['accept-encoding'])
    const isOwn = ownSites.includes(headers['sec-fetch-site'])
    if (encoding === undefined || !isOwn || !isCompressible({ bytes, contentType })) return payload
    reply.header('content-encoding', encoding).removeHeader('content-length')
    return await compress(bytes, encoding)
  })
}
