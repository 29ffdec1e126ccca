/**
 * The services that run as processes of their own, as `infra` has to know them.
 * @module
 */

/** Every name that `npm run service` takes. */
export const services = ['upload', 'ingest', 'charts', 'account', 'privacy', 'site', 'analyst'] as const
export type Service = (typeof services)[number]

/** What runs once, before the services do their work: the tables, the topics, and the rights at the brokers. */
export const jobs = ['migrate', 'topics', 'acls'] as const

/** Who has an account in the store: the services, and the job that makes their tables. */
export const storeAccounts = [...services, 'migrate'] as const
export type StoreAccount = (typeof storeAccounts)[number]

/** Services that people reach; the others have no routes but those for operators. */
export const publicServices = ['upload', 'charts', 'account', 'site', 'analyst'] as const satisfies readonly Service[]
