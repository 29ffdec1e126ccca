/**
 * `npm run -s token -- --sub NAME [--scope dj|analyst|admin]`: a bearer token for the server whose data folder is
 * `DATA_DIR`.
 * @module
 */
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import { dataSettings } from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Scope } from '#platform/http/access.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { isAccountId } from '#platform/keys/token-claims.ts'

const USAGE = 'Usage: npm run -s token -- --sub NAME [--scope dj|analyst|admin]'
const scopes: readonly Scope[] = ['dj', 'analyst', 'admin']

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { sub: { type: 'string' }, scope: { type: 'string', default: 'dj' } } })
  const scope = scopes.find((known) => known === values.scope)
  if (!isAccountId(values.sub) || scope === undefined) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  const { config } = readConfig(Type.Object({ DATA_DIR: dataSettings.DATA_DIR }), { DATA_DIR: process.env['DATA_DIR'] })
  console.log(await issueToken(await readLocalKey(config.DATA_DIR), values.sub, [scope]))
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? cause.message : USAGE)
  process.exitCode = 2
})
