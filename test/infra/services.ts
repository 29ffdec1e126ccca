/**
 * The services that run as processes of their own, as `infra` has to know them.
 * @module
 */

/** Every name that `npm run service` takes. */
export const services = ['upload', 'ingest', 'charts', 'account', 'privacy', 'site'] as const
export type Service = (typeof services)[number]

/** Who has an account in the store: the services, and the job that makes their tables. */
export const storeAccounts = [...services, 'migrate'] as const
export type StoreAccount = (typeof storeAccounts)[number]
