/**
 * What a verified token says: the account (`sub`) and its scopes (`scope`), in the forms that issuers write them.
 *
 * Sources: RFC 7519 (JWT), RFC 8693 section 4.2 (`scope`), OpenID Connect Core section 2 (length of `sub`).
 * @module
 */
import type { JWTPayload } from 'jose'
import type { Caller, Scope } from '../http/access.ts'

/** Characters of an account id, as OpenID Connect bounds `sub`. */
const ACCOUNT_ID_LENGTH_MAX = 255

const scopesKnown: readonly Scope[] = ['dj', 'analyst', 'admin']

/**
 * Whether a text can name an account. Half of a surrogate pair cannot: encoded, each becomes the same replacement
 * character, and two accounts would share a pseudonym.
 */
export function isAccountId(text: unknown): text is string {
  return (
    typeof text === 'string' && text.length <= ACCOUNT_ID_LENGTH_MAX && /\S/.test(text) && !/[\p{Cc}\p{Cs}]/u.test(text)
  )
}

/** The caller that a verified payload names; `undefined` where its `sub` cannot name an account. */
export function readCaller({ sub, ...claims }: JWTPayload): Caller | undefined {
  if (!isAccountId(sub)) return undefined
  return { accountId: sub, scopes: new Set(readScopes(claims['scope'])) }
}

/** Only scopes that mean something here: what a token has beside them is not remembered. */
function readScopes(claim: unknown): Scope[] {
  const given: unknown[] = typeof claim === 'string' ? claim.split(/\s+/) : Array.isArray(claim) ? claim : []
  return scopesKnown.filter((scope) => given.includes(scope))
}
