/**
 * Signing in by an identity provider: OpenID Connect, authorization code with PKCE, state and nonce.
 *
 * Sources: OpenID Connect Core 3.1 and Discovery, RFC 7636 (PKCE), RFC 9700 (security of OAuth 2.0), OpenID Connect
 * RP-Initiated Logout.
 * @module
 */
import * as client from 'openid-client'
import type { SignInConfig } from '#platform/config/sign-in.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { isAccountId } from '#platform/keys/token-claims.ts'

const REQUEST_SECONDS_MAX = 5
/** What the provider says of itself is asked for anew after this, for it may change. */
const METADATA_MS_MAX = 60 * 60_000

/** What is known between leaving for the provider and coming back; it stands sealed in a cookie. */
export interface SignInAttempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface SignedIn {
  readonly accountId: string
  readonly accessToken: string
  /** As the provider says; Unix milliseconds. */
  readonly accessTokenExpiresAtMs: number | undefined
}

/** All calls reject with `identity-provider-unavailable` where the provider is out of reach. */
export interface ProviderSignIn {
  /** Where the browser is sent, and what has to be known when it comes back. */
  start(redirectUri: string): Promise<{ readonly url: URL; readonly attempt: SignInAttempt }>
  /** Who came back with `url`; `undefined` where the provider or this check of it said no. */
  finish(url: URL, attempt: SignInAttempt): Promise<SignedIn | undefined>
  /** Where one signs out at the provider; `undefined` where it has no such page. */
  signOutUrl(returnTo: string): Promise<URL | undefined>
}

export function createProviderSignIn(
  { issuer, clientId, clientSecret }: NonNullable<SignInConfig['provider']>,
  { clock, scopes }: { readonly clock: () => number; readonly scopes: readonly string[] },
): ProviderSignIn {
  let known: { readonly configuration: Promise<client.Configuration>; readonly untilMs: number } | undefined

  function configuration(): Promise<client.Configuration> {
    if (known !== undefined && known.untilMs > clock()) return known.configuration
    const asked = discover()
    known = { configuration: asked, untilMs: clock() + METADATA_MS_MAX }
    asked.catch(() => {
      // The next one asks again.
      if (known?.configuration === asked) known = undefined
    })
    return asked
  }

  async function discover(): Promise<client.Configuration> {
    // The settings let plain HTTP in for this very computer only. Signatures are checked in any case.
    const execute = [
      client.enableNonRepudiationChecks,
      ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ]
    try {
      return await client.discovery(issuer, clientId, clientSecret, undefined, {
        execute,
        timeout: REQUEST_SECONDS_MAX,
      })
    } catch (cause) {
      throw unavailable(cause)
    }
  }

  return {
    async start(redirectUri) {
      const provider = await configuration()
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const url = client.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri,
        scope: ['openid', ...scopes].join(' '),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      })
      return { url, attempt }
    },

    async finish(url, { state, nonce, verifier }) {
      const provider = await configuration()
      try {
        const tokens = await client.authorizationCodeGrant(provider, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
        })
        const accountId = tokens.claims()?.sub
        if (!isAccountId(accountId)) return undefined
        const seconds = tokens.expiresIn()
        const accessTokenExpiresAtMs = seconds === undefined ? undefined : clock() + seconds * 1000
        return { accountId, accessToken: tokens.access_token, accessTokenExpiresAtMs }
      } catch (cause) {
        if (isOutage(cause)) throw unavailable(cause)
        return undefined
      }
    },

    async signOutUrl(returnTo) {
      const provider = await configuration()
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined
      return client.buildEndSessionUrl(provider, { post_logout_redirect_uri: returnTo })
    },
  }
}

/** No answer, or one that says nothing of who came: everything else is a no. */
function isOutage(cause: unknown): boolean {
  if (cause instanceof client.ResponseBodyError) return cause.status >= 500
  if (cause instanceof client.AuthorizationResponseError) {
    return cause.error === 'server_error' || cause.error === 'temporarily_unavailable'
  }
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === undefined || ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(String(code))
}

/** The library's error is not passed on as the cause: it may hold what the provider answered. */
function unavailable(cause: unknown): TonearmError {
  const kind = cause instanceof Error ? cause.name : 'no answer that can be read'
  return new TonearmError('identity-provider-unavailable', `OIDC_ISSUER: ${kind}`)
}
