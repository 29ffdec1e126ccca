/**
 * Files that pages load: stylesheet, scripts, fonts, icons. Each has a hash of its content in its address, so that whoever has
 * it once never asks again, and a new version of the program never meets an old file.
 * @module
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type PublicBody, sendPublicBody, toPublicBody } from './public-answer.ts'

/** A year: as long as one may say (RFC 9111), and nobody asks before it is over. */
const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable'

export interface Asset {
  /** Its address: `/assets/NAME.HASH.EXT`. */
  readonly path: string
  readonly body: PublicBody
}

export interface AssetOptions {
  readonly name: string
  /** Without the dot. */
  readonly extension: string
  readonly content: string | Buffer
  readonly contentType: string
  /**
   * The folder of its address. What one service alone serves lies under a path that only this service has, so that a gateway
   * leads there; all others lie in `/assets`.
   */
  readonly folder?: string
}

export function createAsset({ name, extension, content, contentType, folder = '/assets' }: AssetOptions): Asset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return { path: `${folder}/${name}.${hash}.${extension}`, body: toPublicBody(content, contentType) }
}

/** Serves them. Several services in one process may bring the same ones. */
export function serveAssets(server: FastifyInstance, assets: readonly Asset[]): void {
  for (const { path, body } of assets) {
    if (server.hasRoute({ method: 'GET', url: path })) continue
    server.get(path, { schema: { hide: true } }, async (request, reply) =>
      sendPublicBody(request, reply, body, ASSET_CACHE_CONTROL),
    )
  }
}
