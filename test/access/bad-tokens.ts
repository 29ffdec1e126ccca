/**
 * The ways in which a request may fail to say who it is from, by name.
 * @module
 */
import { importJWK, SignJWT } from 'jose'
import { createSigningKey, type TokenMaker } from '../support/identity-provider.ts'

const HOUR_SECONDS = 3600

/** The `Authorization` header of each; `undefined` is none. All of them would be good but for what their name says. */
export type BadCredentials = Readonly<Record<string, () => Promise<string | undefined>>>

export function badCredentials(issuer: TokenMaker, account: string, scope: string): BadCredentials {
  const now = Math.floor(Date.now() / 1000)
  const bearer = (claims: object, key = issuer.key) =>
    issuer.token(account, { scope, ...claims }, key).then((token) => `Bearer ${token}`)
  const good = () => issuer.token(account, { scope })
  const unsigned = async (algorithm: string, signature: string) => {
    const [, payload] = (await good()).split('.')
    return `Bearer ${base64url({ alg: algorithm, typ: 'JWT', kid: issuer.key.kid })}.${payload}.${signature}`
  }
  const symmetric = async (secret: string) => {
    const payload = JSON.parse(Buffer.from((await good()).split('.')[1] ?? '', 'base64url').toString())
    const token = new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid: issuer.key.kid })
    return `Bearer ${await token.sign(Buffer.from(secret))}`
  }
  const { publicJwk, kid, algorithm } = issuer.key

  return {
    'no token': async () => undefined,
    'an empty token': async () => 'Bearer ',
    garbage: async () => 'Bearer garbage',
    'garbage in three parts': async () => 'Bearer a.b.c',
    'a good token under another scheme': async () => `Basic ${await good()}`,
    'a good token and something behind it': async () => `Bearer ${await good()} more`,
    'an expired token': () => bearer({ exp: now - HOUR_SECONDS }),
    'a token that is not valid yet': () => bearer({ nbf: now + HOUR_SECONDS }),
    'a token without an end': () => bearer({ exp: undefined }),
    'a token of another issuer': () => bearer({ iss: 'https://elsewhere.example' }),
    'a token without an issuer': () => bearer({ iss: undefined }),
    'a token for another audience': () => bearer({ aud: 'elsewhere' }),
    'a token without an audience': () => bearer({ aud: undefined }),
    'a token without a subject': () => bearer({ sub: undefined }),
    'a token with an empty subject': () => bearer({ sub: '' }),
    'a token under another key of the same name': async () => bearer({}, await createSigningKey(kid, algorithm)),
    'a token under a key that nobody knows': async () => bearer({}, await createSigningKey('unknown', algorithm)),
    'alg: none': () => unsigned('none', ''),
    'alg: None, with a signature': async () => unsigned('None', (await good()).split('.')[2] ?? ''),
    'HS256 under the public key as JSON': () => symmetric(JSON.stringify(publicJwk)),
    'HS256 under the bytes of the public key': () => symmetric(publicJwk.x ?? ''),
    'HS256 under the public key in PEM': async () => symmetric(await pemOf(issuer)),
    'a token with another payload under its signature': async () => {
      const [head, , signature] = (await good()).split('.')
      const [, payload] = (await issuer.token('somebody-else', { scope: 'dj analyst admin' })).split('.')
      return `Bearer ${head}.${payload}.${signature}`
    },
    'a token without its signature': async () => `Bearer ${(await good()).split('.').slice(0, 2).join('.')}.`,
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function pemOf({ key }: TokenMaker): Promise<string> {
  const publicKey = await importJWK(key.publicJwk, key.algorithm, { extractable: true })
  if (publicKey instanceof Uint8Array) throw new Error('a symmetric key')
  const bytes = Buffer.from(await crypto.subtle.exportKey('spki', publicKey))
  return `-----BEGIN PUBLIC KEY-----\n${bytes.toString('base64')}\n-----END PUBLIC KEY-----\n`
}
