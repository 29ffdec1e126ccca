/**
 * Tokens of an identity provider, verified by the keys that it publishes (JWKS).
 *
 * Sources: RFC 7517 (JWK sets), RFC 8725 (best practice for JWT: algorithms, issuer and audience pinned).
 * @module
 */
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import { TonearmError } from '../errors/tonearm-error.ts'
import type { VerifyToken } from '../http/access.ts'
import { rememberTokens, type VerifiedToken } from './remembered-tokens.ts'
import { readCaller } from './token-claims.ts'

/** Asymmetric ones only: with a symmetric one, the public key, which everybody may read, would be the secret. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

/** How far the provider's clock and ours may be apart, for `exp` and `nbf`. */
const CLOCK_TOLERANCE_SECONDS = 30

/** A key that the provider took back is good for no longer than this and the age of the set together. */
const REMEMBERED_MS_MAX = 60_000
const KEYS_AGE_MS_MAX = 5 * 60_000

/** An unknown key has the set fetched anew, for the provider may have changed keys; strangers can send those too. */
const REFETCH_COOLDOWN_MS = 10_000

/** While the provider is out of reach it is asked once in this time, not by every request. */
const RETRY_MS = 2_000
const FETCH_MS_MAX = 5_000
const KEYS_BYTES_MAX = 1024 * 1024

export interface IdentityProvider {
  readonly jwksUrl: URL
  readonly issuer: string
  readonly audience: string
}

/**
 * Verifies tokens of an identity provider. Issuer, audience and kinds of signature are pinned; `exp` and `sub` are
 * required. Rejects with `identity-provider-unavailable` where its keys cannot be had: that says nothing of the token.
 */
export function createJwksVerifier(
  { jwksUrl, issuer, audience }: IdentityProvider,
  options: {
    /** Unix milliseconds. */
    readonly now?: () => number
    readonly refetchCooldownMs?: number
    readonly keysAgeMsMax?: number
    readonly retryMs?: number
  } = {},
): VerifyToken {
  const { now = Date.now, retryMs = RETRY_MS } = options
  const keys = createRemoteJWKSet(jwksUrl, {
    cooldownDuration: options.refetchCooldownMs ?? REFETCH_COOLDOWN_MS,
    cacheMaxAge: options.keysAgeMsMax ?? KEYS_AGE_MS_MAX,
    timeoutDuration: FETCH_MS_MAX,
    [customFetch]: createPatientFetch(now, retryMs),
  })
  const expected = { algorithms, issuer, audience, clockTolerance: CLOCK_TOLERANCE_SECONDS }

  return rememberTokens(verify, { now, rememberedMsMax: REMEMBERED_MS_MAX })

  async function verify(token: string): Promise<VerifiedToken | undefined> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...expected,
        currentDate: new Date(now()),
        requiredClaims: ['sub', 'exp'],
      })
      const caller = readCaller(payload)
      return caller && { caller, expiresAtMs: ((payload.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1000 }
    } catch (cause) {
      if (cause instanceof TonearmError) throw cause
      if (cause instanceof errors.JWKSInvalid || cause instanceof errors.JWKSTimeout)
        throw unavailable('no key set', cause)
      return undefined
    }
  }
}

/** Fetches the set, whole and bounded; after a failure, the next attempts fail at once for a while. */
function createPatientFetch(now: () => number, retryMs: number): typeof fetch {
  let failedUntilMs = Number.NEGATIVE_INFINITY
  return async (url, init) => {
    if (now() < failedUntilMs) throw unavailable('it did not answer a moment ago')
    try {
      const response = await fetch(url, init)
      if (response.status !== 200) throw unavailable(`status ${response.status}`)
      const text = await readText(response)
      JSON.parse(text)
      return new Response(text)
    } catch (cause) {
      failedUntilMs = now() + retryMs
      throw cause instanceof TonearmError ? cause : unavailable('no answer that can be read', cause)
    }
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > KEYS_BYTES_MAX) throw unavailable(`more than ${KEYS_BYTES_MAX} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function unavailable(detail: string, cause?: unknown): TonearmError {
  return new TonearmError('identity-provider-unavailable', `AUTH_JWKS_URL: ${detail}`, cause)
}
