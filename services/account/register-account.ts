/**
 * The account service as a whole: what DJs see and decide, as an API and as pages, what admins do for them, and the receipts
 * of erasures.
 * @module
 */
import type { FastifyInstance } from 'fastify'
import { type AccountRoutesOptions, createAccountRoutes } from './account-routes.ts'
import { type AdminRoutesOptions, createAdminRoutes } from './admin/admin-routes.ts'
import { createErasureRoutes } from './erasure-routes.ts'
import { createOwnPages } from './pages/own-pages.ts'
import type { OwnPagesOptions } from './pages/own-pages-options.ts'

export async function registerAccount(
  server: FastifyInstance,
  options: AccountRoutesOptions & AdminRoutesOptions & Pick<OwnPagesOptions, 'access'>,
): Promise<void> {
  await server.register(createAccountRoutes(options))
  await server.register(createAdminRoutes(options))
  await server.register(createErasureRoutes(options))
  const { access, log, store, exportsStore = store, pseudonyms, ledger, clock } = options
  await server.register(createOwnPages({ access, log, store, exportsStore, pseudonyms, ledger, clock }))
}
