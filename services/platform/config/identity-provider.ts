/**
 * The settings of an identity provider, all three together or none.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import type { IdentityProvider } from '../keys/jwks-tokens.ts'
import { isSafeUrl } from './loopback.ts'

export interface IdentityProviderSettings {
  readonly AUTH_JWKS_URL?: string
  readonly AUTH_ISSUER?: string
  readonly AUTH_AUDIENCE?: string
}

/**
 * The identity provider whose tokens are taken; `undefined` where none is set. Throws `config-invalid` where one of the
 * three is missing, for a service that then took tokens of the local key, or of any issuer, would let in others than meant.
 */
export function readIdentityProvider(settings: IdentityProviderSettings): IdentityProvider | undefined {
  const { AUTH_JWKS_URL: url, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = settings
  if (url === undefined && issuer === undefined && audience === undefined) return undefined
  if (url === undefined) throw missing('AUTH_JWKS_URL')
  if (issuer === undefined) throw missing('AUTH_ISSUER')
  if (audience === undefined) throw missing('AUTH_AUDIENCE')
  return { jwksUrl: readJwksUrl(url), issuer, audience }
}

function missing(name: string): TonearmError {
  return new TonearmError('config-invalid', `${name}: AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE go together`)
}

function readJwksUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  // Whoever can change the keys on their way can issue tokens.
  if (url === undefined || !isSafeUrl(url)) {
    throw new TonearmError(
      'config-invalid',
      'AUTH_JWKS_URL: must be an https address, or http on this very machine, without a user name',
    )
  }
  return url
}
