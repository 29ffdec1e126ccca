/**
 * `npm run -s token -- --sub NAME [--scope dj|analyst|admin]`: a bearer token for the server whose data folder is
 * `DATA_DIR`. With `--link` a link in its place, by which somebody signs in on the pages, once.
 * @module
 */
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { readConfig } from '#platform/config/read-config.ts'
import {
  accessSettings,
  dataSettings,
  serverSettings,
  signInSettings,
  siteSettings,
  tlsSettings,
} from '#platform/config/settings.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Scope } from '#platform/http/access.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { issueSignInCode } from '#platform/keys/sign-in-links.ts'
import { isAccountId } from '#platform/keys/token-claims.ts'

const USAGE = `Usage: npm run -s token -- --sub NAME [--scope dj|analyst|admin]
       npm run -s token -- --sub NAME --link [--url URL]`
const scopes: readonly Scope[] = ['dj', 'analyst', 'admin']

const settings = Type.Object({
  DATA_DIR: dataSettings.DATA_DIR,
  ...{ HOST: serverSettings.HOST, PORT: serverSettings.PORT, TLS_CERT: tlsSettings.TLS_CERT },
  ...{ PUBLIC_URL: siteSettings.PUBLIC_URL, OIDC_ISSUER: signInSettings.OIDC_ISSUER },
  AUTH_ISSUER: accessSettings.AUTH_ISSUER,
})

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sub: { type: 'string' },
      scope: { type: 'string', default: 'dj' },
      link: { type: 'boolean', default: false },
      url: { type: 'string' },
    },
  })
  const scope = scopes.find((known) => known === values.scope)
  if (!isAccountId(values.sub) || scope === undefined) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  const environment = Object.fromEntries(Object.keys(settings.properties).map((name) => [name, process.env[name]]))
  const { config } = readConfig(settings, environment)
  const key = await readLocalKey(config.DATA_DIR)
  if (!values.link) {
    console.log(await issueToken(key, values.sub, [scope]))
    return
  }
  if (config.OIDC_ISSUER !== undefined || config.AUTH_ISSUER !== undefined) {
    throw new TonearmError(
      'config-invalid',
      'an identity provider is set: people sign in there, and links let nobody in',
    )
  }
  const { HOST, PORT, TLS_CERT, PUBLIC_URL } = config
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST
  const url = new URL(values.url ?? PUBLIC_URL ?? `${TLS_CERT === undefined ? 'http' : 'https'}://${host}:${PORT}`)
  url.pathname = '/me/sign-in'
  url.search = new URLSearchParams({
    code: await issueSignInCode(values.sub, { dataDir: config.DATA_DIR, key, clock: Date.now }),
  }).toString()
  console.log(url.href)
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? cause.message : USAGE)
  process.exitCode = 2
})
