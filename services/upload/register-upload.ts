/**
 * The upload service as a whole: its routes, what they count, and the accounts that it refuses.
 * @module
 */
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { watchClosedAccounts } from '#platform/store/closed-accounts.ts'
import { createUploadRoutes, type UploadRoutesOptions } from './routes.ts'
import { createUploadMetrics } from './upload-metrics.ts'

export interface UploadServiceOptions extends Omit<UploadRoutesOptions, 'metrics' | 'closedAccounts'> {
  readonly registry: Registry
  readonly logger: FastifyBaseLogger
}

/** Registers it; returns what ends it. */
export async function registerUpload(server: FastifyInstance, options: UploadServiceOptions): Promise<() => void> {
  const { store, registry, logger } = options
  const closedAccounts = watchClosedAccounts({ store, logger })
  await server.register(createUploadRoutes({ ...options, metrics: createUploadMetrics(registry), closedAccounts }))
  return () => closedAccounts.stop()
}
