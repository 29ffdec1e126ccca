/**
 * The settings of signing in on the pages: an identity provider, all of it or nothing, and the address of the pages.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import { isLoopback, isSafeUrl } from './loopback.ts'

export interface SignInSettings {
  readonly HOST: string
  readonly OIDC_ISSUER?: string
  readonly OIDC_CLIENT_ID?: string
  readonly OIDC_CLIENT_SECRET?: string
  readonly PUBLIC_URL?: string
  readonly AUTH_ISSUER?: string
}

export interface SignInConfig {
  /** Where people reach the pages; absent where every request says it by the name that it calls. */
  readonly publicUrl?: URL
  readonly provider?: {
    readonly issuer: URL
    readonly clientId: string
    readonly clientSecret: string
  }
}

/**
 * Throws `config-invalid` where a part is missing or cannot be safe. Accounts are named by the provider's `sub`, in tokens
 * of the API as in the sign-in; so with two providers one person could be another, and that is refused.
 */
export function readSignIn(settings: SignInSettings): SignInConfig {
  const publicUrl = settings.PUBLIC_URL === undefined ? undefined : new URL(settings.PUBLIC_URL)
  const address = publicUrl === undefined ? {} : { publicUrl }
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return address
  if (issuer === undefined) throw missing('OIDC_ISSUER')
  const issuerUrl = readIssuer(issuer)
  if (clientId === undefined) throw missing('OIDC_CLIENT_ID')
  if (clientSecret === undefined) throw missing('OIDC_CLIENT_SECRET')
  if (settings.AUTH_ISSUER !== undefined && settings.AUTH_ISSUER !== issuer) {
    throw invalid('OIDC_ISSUER', 'must be AUTH_ISSUER: accounts are named by one provider, here and in tokens')
  }
  if (publicUrl !== undefined && !isSafeUrl(publicUrl)) {
    throw invalid('PUBLIC_URL', 'must be an https address, or http on this very machine, for OIDC_ISSUER')
  }
  // The address that the provider sends people back to must not come out of a request that anybody may have made.
  if (publicUrl === undefined && !isLoopback(settings.HOST === '::1' ? '[::1]' : settings.HOST)) {
    throw invalid('PUBLIC_URL', 'OIDC_ISSUER needs it, for people are sent back to it')
  }
  return { ...address, provider: { issuer: issuerUrl, clientId, clientSecret } }
}

function readIssuer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && isSafeUrl(url)) return url
  throw invalid('OIDC_ISSUER', 'must be an https address, or http on this very machine, without a user name')
}

function missing(name: string): TonearmError {
  return invalid(name, 'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together')
}

function invalid(name: string, what: string): TonearmError {
  return new TonearmError('config-invalid', `${name}: ${what}`)
}
