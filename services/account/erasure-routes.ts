/**
 * `GET /v1/erasures/{receipt}`: public, for the receipt is the secret.
 * @module
 */
import type { FastifyPluginAsync } from 'fastify'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { erasureStatusSchema } from './documentation.ts'
import { readErasureStatus } from './erasure-status.ts'

export interface ErasureRoutesOptions {
  readonly store: StoreConnection
  readonly pseudonyms: Pseudonyms
  /** Unix milliseconds. */
  readonly clock: () => number
}

export function createErasureRoutes(options: ErasureRoutesOptions): FastifyPluginAsync {
  return async (server) => {
    server.get<{ Params: { receipt: string } }>(
      '/v1/erasures/:receipt',
      { schema: erasureStatusSchema },
      (request, reply) => {
        reply.header('cache-control', 'no-store')
        return readErasureStatus(request.params.receipt, options)
      },
    )
  }
}
