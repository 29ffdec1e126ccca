import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createServer } from '#platform/http/server.ts'
import { createJwksVerifier } from '#platform/keys/jwks-tokens.ts'
import { createOwnPages } from '../../../services/account/pages/own-pages.ts'
import { createPageAccess } from '../../../services/account/pages/sign-in/page-access.ts'
import { type SignInProvider, startSignInProvider } from '../../support/sign-in-provider.ts'
import { openService, pseudonyms } from '../open-service.ts'
import { createPageVisitor, type PageVisitor } from './page-visitor.ts'

const service = openService()
const lines: string[] = []
let provider: SignInProvider
let address: string

beforeAll(async () => {
  provider = await startSignInProvider(() => `${address}/me/sign-in/callback`)
  const server = createServer({ logger: pino({}, { write: (line: string) => void lines.push(line) }) })
  const verifyToken = createJwksVerifier(provider)
  const access = await createPageAccess(
    {
      ...{ HOST: '127.0.0.1', DATA_DIR: 'no-folder', OIDC_ISSUER: provider.issuer },
      ...{ OIDC_CLIENT_ID: provider.clientId, OIDC_CLIENT_SECRET: provider.clientSecret },
      ...{ AUTH_ISSUER: provider.issuer, AUTH_JWKS_URL: provider.jwksUrl.href, AUTH_AUDIENCE: provider.audience },
    },
    { pageKey: Buffer.alloc(32, 9), verifyToken, clock: Date.now },
  )
  const common = { log: service.log(), store: service.store(), pseudonyms, clock: Date.now }
  await server.register(createOwnPages({ ...common, access, ledger: { append: async () => undefined } }))
  address = await server.listen({ host: '127.0.0.1', port: 0 })
  return () => server.close()
})
afterAll(() => provider.close())
beforeEach(() => {
  Object.assign(provider.next, { account: 'ana', idToken: {}, error: undefined, accessToken: undefined })
})

/** Goes to the provider and back as a browser does; `tamper` may change the way back. */
async function signIn(visitor: PageVisitor, path = '/me/sign-in/provider', tamper = (_back: URL) => {}) {
  const away = await visitor.get(path)
  const answer = await fetch(away.headers.get('location') ?? '', { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  tamper(back)
  return await visitor.get(back.pathname + back.search)
}

describe('signing in at the identity provider', () => {
  it('leads there and back, to the account that the provider names', async () => {
    const visitor = createPageVisitor(address)
    expect((await visitor.get('/me')).text).toContain('href="/me/sign-in/provider"')
    const page = await signIn(visitor)
    expect([page.status, page.path, page.text.includes('Sign out')]).toEqual([200, '/me', true])
    expect(visitor.cookiesSet.every((text) => /; HttpOnly; SameSite=Lax; Max-Age=\d+$/.test(text))).toBe(true)
    // What was known on the way is gone.
    expect([...visitor.cookies.keys()].sort()).toEqual(['tonearm-session', 'tonearm-upload'])
  })

  it('comes back in the language in which it began, by the one address that the provider knows', async () => {
    const page = await signIn(createPageVisitor(address), '/de/me/sign-in/provider')
    expect([page.path, page.text.includes('Abmelden')]).toEqual(['/de/me', true])
  })

  const refusals: readonly (readonly [string, () => void])[] = [
    ['the provider says no', () => Object.assign(provider.next, { error: 'access_denied' })],
    ['the token is for somebody else', () => Object.assign(provider.next.idToken, { aud: 'other' })],
    ['the token is of somebody else', () => Object.assign(provider.next.idToken, { iss: 'https://other.example' })],
    ['the token answers another question', () => Object.assign(provider.next.idToken, { nonce: 'other' })],
    ['the token has expired', () => Object.assign(provider.next.idToken, { exp: 1_000_000 })],
    ['the token names nobody', () => Object.assign(provider.next.idToken, { sub: ' ' })],
  ]
  it.each(refusals)('signs nobody in where %s', async (_why, prepare) => {
    prepare()
    const visitor = createPageVisitor(address)
    const page = await signIn(visitor)
    expect([page.status, page.text.includes('You were not signed in')]).toEqual([403, true])
    expect(visitor.cookies.size).toBe(0)
  })

  it('signs nobody in whose way back is not the one of this browser', async () => {
    const [victim, other] = [createPageVisitor(address), createPageVisitor(address)]
    await victim.get('/me/sign-in/provider')
    await other.get('/me/sign-in/provider')
    const away = await other.get('/me/sign-in/provider')
    const back = new URL(
      (await fetch(away.headers.get('location') ?? '', { redirect: 'manual' })).headers.get('location') ?? '',
    )
    expect((await victim.get(back.pathname + back.search)).status).toBe(403)
    expect((await createPageVisitor(address).get(back.pathname + back.search)).status).toBe(403)
    const tampered = await signIn(createPageVisitor(address), undefined, (url) => url.searchParams.set('state', 'x'))
    expect(tampered.status).toBe(403)
  })

  it('uses a way back once', async () => {
    const visitor = createPageVisitor(address)
    let back = ''
    await signIn(visitor, undefined, (url) => {
      back = url.pathname + url.search
    })
    expect((await visitor.get(back)).status).toBe(403)
  })

  it('takes no link of the local key', async () => {
    const visitor = createPageVisitor(address)
    await visitor.get('/me/sign-in')
    expect((await visitor.post('/me/sign-in', { code: 'any' })).status).toBe(403)
  })

  it('lets its token upload where the API takes it, and says so where not', async () => {
    const visitor = createPageVisitor(address)
    await signIn(visitor)
    expect((await visitor.get('/me/upload')).text).toContain('id="drop"')
    const { token } = JSON.parse((await visitor.post('/me/upload-token', {})).text)
    expect(await createJwksVerifier(provider)(token)).toMatchObject({ accountId: 'ana' })
    provider.next.accessToken = 'opaque'
    const other = createPageVisitor(address)
    await signIn(other)
    expect((await other.get('/me/upload')).text).toContain('Uploading here needs a token that the API takes')
    expect((await other.post('/me/upload-token', {})).status).toBe(403)
  })

  it('leaves out a token that is too long for a cookie, and signs in all the same', async () => {
    provider.next.accessToken = await provider.token('ana', { groups: 'x'.repeat(4000) })
    const visitor = createPageVisitor(address)
    expect((await signIn(visitor)).path).toBe('/me')
    expect([...visitor.cookies.keys()]).toEqual(['tonearm-session'])
  })

  it('signs out here, and leads to where one signs out there', async () => {
    const visitor = createPageVisitor(address)
    await signIn(visitor)
    const out = await visitor.post('/me/sign-out', {})
    expect(out.text).toContain('href="/me/signed-out/provider"')
    expect(visitor.cookies.size).toBe(0)
    const away = new URL((await visitor.get('/me/signed-out/provider')).headers.get('location') ?? '')
    expect([away.origin, away.pathname]).toEqual([provider.issuer, '/sign-out'])
    expect(away.searchParams.get('post_logout_redirect_uri')).toBe(`${address}/me/signed-out`)
  })

  it('names no account and no code in what is logged', () => {
    expect(lines.join('')).toContain('/me/sign-in/callback')
    expect(lines.join('')).not.toMatch(/ana|code=|state=|eyJ/)
  })
})
