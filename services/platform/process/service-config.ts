/**
 * The settings of a service in a process of its own: it shares log and store with the others over the network.
 * @module
 */
import type { Static, TObject } from 'typebox'
import { readIdentityProvider } from '../config/identity-provider.ts'
import { type ReadConfig, readConfig } from '../config/read-config.ts'
import { clickhouseSettings, serverSettings, tlsSettings } from '../config/settings.ts'
import { readSignIn } from '../config/sign-in.ts'
import { TonearmError } from '../errors/tonearm-error.ts'
import { tlsFilesOf } from '../http/tls-files.ts'
import { checkCronExpression } from '../scheduling/cron-job.ts'
import { readClickhouseUrl } from './open-service-store.ts'

/** What every service reads. */
export const serviceSettings = { ...serverSettings, ...tlsSettings, ...clickhouseSettings }

/** What a service cannot do without, where it reads it at all. */
const needed: readonly string[] = ['CLICKHOUSE_URL', 'KAFKA_BROKERS']
const cronExpressions: readonly string[] = ['CHARTS_CRON', 'RETENTION_CRON']

/** Reads them from the environment. Throws `config-invalid` in one line that names the setting. */
export function readServiceConfig<Schema extends TObject>(schema: Schema): ReadConfig<Schema> {
  const read: ReadConfig<Schema> = readConfig(schema, process.env)
  const values: Readonly<Record<string, unknown>> = read.config as Static<TObject> // an object, whichever settings it has
  const textOf = (name: string) => (typeof values[name] === 'string' ? { [name]: values[name] } : {})
  for (const name of Object.keys(schema.properties)) {
    const value = values[name]
    if (value === undefined && needed.includes(name)) {
      throw new TonearmError('config-invalid', `${name}: a service in a process of its own needs it`)
    }
    if (typeof value === 'string' && cronExpressions.includes(name)) checkCronExpression(name, value)
  }
  readClickhouseUrl({ ...textOf('CLICKHOUSE_URL') })
  // Both throw where a part is missing.
  readIdentityProvider({ ...textOf('AUTH_JWKS_URL'), ...textOf('AUTH_ISSUER'), ...textOf('AUTH_AUDIENCE') })
  readSignIn({
    ...{ HOST: typeof values['HOST'] === 'string' ? values['HOST'] : '', ...textOf('AUTH_ISSUER') },
    ...{
      ...textOf('OIDC_ISSUER'),
      ...textOf('OIDC_CLIENT_ID'),
      ...textOf('OIDC_CLIENT_SECRET'),
      ...textOf('PUBLIC_URL'),
    },
  })
  tlsFilesOf({ ...textOf('TLS_CERT'), ...textOf('TLS_KEY') })
  return read
}
