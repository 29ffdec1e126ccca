/**
 * Public answers: whole bodies with a strong entity tag, so that a reader who has one already gets 304 (RFC 9110).
 * @module
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

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

export function toPublicBody(text: string, contentType: string): PublicBody {
  const bytes = Buffer.from(text)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`
  return { bytes, contentType, etag }
}

/** Sends the body, or 304 where the request's `If-None-Match` names it. */
export function sendPublicBody(
  request: FastifyRequest,
  reply: FastifyReply,
  body: PublicBody,
  cacheControl: string,
): FastifyReply {
  reply.header('etag', body.etag).header('cache-control', cacheControl)
  if (namesEtag(request.headers['if-none-match'], body.etag)) return reply.status(304).send()
  return reply.type(body.contentType).send(body.bytes)
}

/** Whether `If-None-Match` names the tag. It compares weakly, for a proxy that compresses makes the tag weak. */
function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((part) => {
    const candidate = part.trim()
    return candidate === '*' || candidate.replace(/^W\//, '') === etag
  })
}
