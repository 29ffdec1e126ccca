/**
 * One-time links by which somebody signs in on the pages of a service without an identity provider. Who can read the data
 * folder can make one, as they can make a token.
 *
 * A code is signed with the local key and names its account; a file in the data folder, named for a hash of the code, says
 * that it was not used. Using it removes the file, which of several attempts, in whichever process, one can do. So nothing
 * has to be remembered, and no file names an account.
 * @module
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { isAccountId } from './token-claims.ts'

const ALGORITHM = 'EdDSA'
const ISSUER = 'tonearm-local'
/** Not that of tokens: a code is no bearer token, and a token signs nobody in. */
const AUDIENCE = 'tonearm-sign-in'

/** Long enough to carry it to a browser. */
export const LINK_MINUTES = 10
const LINK_MS = LINK_MINUTES * 60_000

/** Longer than any code that names an account. */
const CODE_LENGTH_MAX = 4096

export interface SignInLinks {
  /** The account of a code that can still be used. It stays usable, so that a page can ask first. */
  read(code: string): Promise<string | undefined>
  /** The account of a code that is used by this: of several calls with one code, one has it. */
  redeem(code: string): Promise<string | undefined>
}

export interface SignInLinkOptions {
  readonly dataDir: string
  /** The local key. */
  readonly key: JWK
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** Makes a code for an account, good for {@link LINK_MINUTES}. */
export async function issueSignInCode(accountId: string, { dataDir, key, clock }: SignInLinkOptions): Promise<string> {
  const nowMs = clock()
  const code = await new SignJWT({})
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(accountId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setJti(crypto.randomUUID())
    .setExpirationTime(Math.floor((nowMs + LINK_MS) / 1000))
    .sign(await importJWK(key, ALGORITHM))
  const folder = folderOf(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeExpired(folder, nowMs)
  writeFileSync(unusedFile(folder, code), '', { mode: 0o600, flag: 'wx' })
  return code
}

/** Reads and uses codes of {@link issueSignInCode}, of the same data folder and key. */
export async function createSignInLinks({ dataDir, key, clock }: SignInLinkOptions): Promise<SignInLinks> {
  const { d: _, ...publicJwk } = key
  const publicKey = await importJWK(publicJwk, ALGORITHM)
  const folder = folderOf(dataDir)

  async function accountOf(code: string): Promise<string | undefined> {
    if (code.length > CODE_LENGTH_MAX) return undefined
    try {
      const { payload } = await jwtVerify(code, publicKey, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: new Date(clock()),
        requiredClaims: ['sub', 'exp', 'jti'],
      })
      return isAccountId(payload.sub) ? payload.sub : undefined
    } catch {
      return undefined
    }
  }

  return {
    async read(code) {
      const accountId = await accountOf(code)
      const isUnused = accountId !== undefined && statSync(unusedFile(folder, code), { throwIfNoEntry: false })
      return isUnused ? accountId : undefined
    },
    async redeem(code) {
      const accountId = await accountOf(code)
      if (accountId === undefined) return undefined
      try {
        unlinkSync(unusedFile(folder, code))
        return accountId
      } catch {
        return undefined
      }
    },
  }
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'sign-in')
}

/** A hash, so that who sees the names of files has no code. */
function unusedFile(folder: string, code: string): string {
  return join(folder, createHash('sha256').update(code).digest('hex'))
}

/** Codes that nobody used. */
function removeExpired(folder: string, nowMs: number): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const found = statSync(file, { throwIfNoEntry: false })
    if (found !== undefined && found.mtimeMs < nowMs - LINK_MS) rmSync(file, { force: true })
  }
}
