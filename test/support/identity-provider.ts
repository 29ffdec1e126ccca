/**
 * An identity provider: a key set over HTTP on this machine, and tokens under its keys, good ones and bad ones.
 * @module
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

const AUDIENCE = 'tonearm-test'

export interface SigningKey {
  readonly kid: string
  readonly algorithm: string
  readonly privateKey: CryptoKey
  /** As the set has it. */
  readonly publicJwk: JWK
}

export async function createSigningKey(kid: string, algorithm = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }
  return { kid, algorithm, privateKey, publicJwk }
}

/** Makes tokens of an issuer: good ones, and any other by what is said of them. */
export interface TokenMaker {
  readonly issuer: string
  readonly audience: string
  readonly key: SigningKey
  /** A token of an account, an hour long; `claims` replace its claims, and one that is `undefined` takes it away. */
  token(account: string, claims?: Readonly<Record<string, unknown>>, key?: SigningKey): Promise<string>
}

export function createTokenMaker(issuer: string, audience: string, key: SigningKey): TokenMaker {
  return {
    issuer,
    audience,
    key,
    token: (account, claims = {}, { algorithm, kid, privateKey } = key) => {
      const now = Math.floor(Date.now() / 1000)
      const payload = { sub: account, iss: issuer, aud: audience, iat: now, exp: now + 3600, scope: 'dj', ...claims }
      return new SignJWT(payload).setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' }).sign(privateKey)
    },
  }
}

export interface TestIdentityProvider extends TokenMaker {
  readonly jwksUrl: URL
  /** What the set holds, and how it is answered; a test changes it. */
  readonly answer: { status: number; body: string | undefined; keys: SigningKey[] }
  /** How often the set was asked for. */
  fetches(): number
  close(): Promise<void>
}

/** Starts one with a key of the algorithm. */
export async function startIdentityProvider(algorithm = 'ES256'): Promise<TestIdentityProvider> {
  const key = await createSigningKey('first', algorithm)
  const answer: TestIdentityProvider['answer'] = { status: 200, body: undefined, keys: [key] }
  let fetches = 0
  const server = createServer((_request, response) => {
    fetches += 1
    const set = JSON.stringify({ keys: answer.keys.map(({ publicJwk }) => publicJwk) })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body ?? set)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address
  const issuer = `http://127.0.0.1:${port}`

  return {
    ...createTokenMaker(issuer, AUDIENCE, key),
    jwksUrl: new URL('/keys', issuer),
    answer,
    fetches: () => fetches,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
