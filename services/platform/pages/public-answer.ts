/**
 * Public answers: whole bodies with a strong entity tag, so that a reader who has one already gets 304 (RFC 9110), and
 * compressed once, however often they are sent.
 * @module
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { addVary, chooseEncoding, compress, type Encoding, isCompressible } from './compression.ts'

export const JSON_TYPE = 'application/json; charset=utf-8'
export const HTML_TYPE = 'text/html; charset=utf-8'
export const CSV_TYPE = 'text/csv; charset=utf-8'

/** How long others may keep what depends on charts: a new revision shows within a minute. */
export const CHARTS_CACHE_CONTROL = 'public, max-age=60, stale-while-revalidate=600'
/** A playlist that its DJ makes private again has to go from caches soon, so it is never served stale. */
export const PLAYLIST_CACHE_CONTROL = 'public, max-age=10, must-revalidate'
/** What changes only with a new version of the program. */
export const STATIC_CACHE_CONTROL = 'public, max-age=3600, stale-while-revalidate=86400'

export interface PublicBody {
  readonly bytes: Buffer
  readonly contentType: string
  /** Strong: a hash of the bytes. */
  readonly etag: string
}

/** Compressed forms of bodies; they go with their body. */
const compressedForms = new WeakMap<PublicBody, Map<Encoding, Promise<Buffer>>>()

export function toPublicBody(content: string | Buffer, contentType: string): PublicBody {
  const bytes = Buffer.from(content)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
  return { bytes, contentType, etag }
}

/** Sends the body in a form that the reader understands, or 304 where the request's `If-None-Match` names it. */
export async function sendPublicBody(
  request: FastifyRequest,
  reply: FastifyReply,
  body: PublicBody,
  cacheControl: string,
): Promise<FastifyReply> {
  const encoding = isCompressible(body) ? chooseEncoding(request.headers['accept-encoding']) : undefined
  if (isCompressible(body)) addVary(reply, 'accept-encoding')
  reply.header('etag', etagOf(body, encoding)).header('cache-control', cacheControl)
  if (namesEtag(request.headers['if-none-match'], body.etag)) return reply.status(304).send()
  reply.type(body.contentType)
  if (encoding === undefined) return reply.send(body.bytes)
  return reply.header('content-encoding', encoding).send(await compressedForm(body, encoding))
}

function compressedForm(body: PublicBody, encoding: Encoding): Promise<Buffer> {
  const forms = compressedForms.get(body) ?? new Map<Encoding, Promise<Buffer>>()
  compressedForms.set(body, forms)
  const form = forms.get(encoding) ?? compress(body.bytes, encoding)
  forms.set(encoding, form)
  return form
}

/** Each form has bytes of its own, so it has a strong tag of its own (RFC 9110, 8.8.1). */
function etagOf({ etag }: PublicBody, encoding: Encoding | undefined): string {
  return encoding === undefined ? etag : `${etag.slice(0, -1)}-${encoding}"`
}

/**
 * Whether `If-None-Match` names the tag, of whichever form: what a reader has is then what there is. It compares weakly, for a
 * proxy that compresses makes the tag weak.
 */
function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((part) => {
    const candidate = part.trim()
    return candidate === '*' || candidate.replace(/^W\//, '').replace(/-(br|gzip)"$/, '"') === etag
  })
}
