/**
 * Tokens of the local key: an Ed25519 key pair in `DATA_DIR`, for a service without an identity provider.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import type { Scope, VerifyToken } from '../http/access.ts'
import { rememberTokens, type VerifiedToken } from './remembered-tokens.ts'
import { readCaller } from './token-claims.ts'

const ALGORITHM = 'EdDSA'
const ISSUER = 'tonearm-local'
const AUDIENCE = 'tonearm'

/** The local key of a data folder; made at first use, mode 0600. */
export async function readLocalKey(dataDir: string): Promise<JWK> {
  const folder = join(dataDir, 'keys')
  const file = join(folder, 'token.jwk')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
    const jwk = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: ALGORITHM }
    writeFileSync(file, `${JSON.stringify(jwk)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as JWK
}

/** A token for an account, valid for `days`. */
export async function issueToken(key: JWK, accountId: string, scopes: readonly Scope[], days = 365): Promise<string> {
  return await new SignJWT({ scope: scopes.join(' ') })
    .setProtectedHeader({ alg: ALGORITHM, ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setSubject(accountId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${days}d`)
    .sign(await importJWK(key, ALGORITHM))
}

/** Verifies tokens of the local key. Algorithm, issuer and audience are pinned. */
export async function createLocalVerifier(key: JWK, now: () => number = Date.now): Promise<VerifyToken> {
  const { d: _, ...publicJwk } = key
  const publicKey = await importJWK(publicJwk, ALGORITHM)

  return rememberTokens(verify, { now })

  async function verify(token: string): Promise<VerifiedToken | undefined> {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: new Date(now()),
        requiredClaims: ['sub', 'exp'],
      })
      const caller = readCaller(payload)
      return caller && { caller, expiresAtMs: (payload.exp ?? 0) * 1000 }
    } catch {
      return undefined
    }
  }
}
