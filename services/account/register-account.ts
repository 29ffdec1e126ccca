/**
 * The account service as a whole: what DJs see and decide, what admins do for them, and the receipts of erasures.
 * @module
 */
import type { FastifyInstance } from 'fastify'
import { type AccountRoutesOptions, createAccountRoutes } from './account-routes.ts'
import { type AdminRoutesOptions, createAdminRoutes } from './admin/admin-routes.ts'
import { createErasureRoutes } from './erasure-routes.ts'

export async function registerAccount(
  server: FastifyInstance,
  options: AccountRoutesOptions & AdminRoutesOptions,
): Promise<void> {
  await server.register(createAccountRoutes(options))
  await server.register(createAdminRoutes(options))
  await server.register(createErasureRoutes(options))
}
