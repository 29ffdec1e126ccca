import { SignJWT } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createJwksVerifier } from '#platform/keys/jwks-tokens.ts'
import { createSigningKey, startIdentityProvider } from '../../support/identity-provider.ts'

async function open(options: Parameters<typeof createJwksVerifier>[1] = {}, algorithm?: string) {
  const provider = await startIdentityProvider(algorithm)
  onTestFinished(() => provider.close())
  const clock = { nowMs: Date.now() }
  const verify = createJwksVerifier(provider, { now: () => clock.nowMs, ...options })
  return { provider, clock, verify }
}
const seconds = () => Math.floor(Date.now() / 1000)
const unavailable = { code: 'identity-provider-unavailable', retryable: true }

describe('a token of an identity provider', () => {
  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])(
    'names its account and scopes, signed with %s',
    async (algorithm) => {
      const { provider, verify } = await open({}, algorithm)
      const caller = await verify(await provider.token('dj-ana', { scope: 'openid dj admin' }))
      expect(caller).toEqual({ accountId: 'dj-ana', scopes: new Set(['dj', 'admin']) })
    },
  )

  it.each([
    [
      ['dj', 'analyst'],
      ['dj', 'analyst'],
    ],
    ['  dj   ', ['dj']],
    ['', []],
    [undefined, []],
    [{ dj: true }, []],
    [['dj admin', 7], []],
    ['DJ djs', []],
  ])('with the scope claim %j has the scopes %j', async (scope, scopes) => {
    const { provider, verify } = await open()
    expect((await verify(await provider.token('dj-ana', { scope })))?.scopes).toEqual(new Set(scopes))
  })

  it.each([
    ['expired', { exp: seconds() - 31 }],
    ['not valid yet', { nbf: seconds() + 120 }],
    ['without an end', { exp: undefined }],
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['without an issuer', { iss: undefined }],
    ['for another audience', { aud: 'elsewhere' }],
    ['without an audience', { aud: undefined }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['with a blank subject', { sub: '  ' }],
    ['with a number as subject', { sub: 7 }],
    ['with a subject past 255 characters', { sub: 'a'.repeat(256) }],
    ['with half of a surrogate pair in its subject', { sub: 'ana\ud800' }],
  ])('is not taken: %s', async (_name, claims) => {
    const { provider, verify } = await open()
    expect(await verify(await provider.token('dj-ana', claims))).toBeUndefined()
    expect(await verify(await provider.token('dj-ana'))).toBeDefined()
  })

  it('is taken a few seconds past its end, for clocks differ, and not a second time long after', async () => {
    const { provider, verify, clock } = await open()
    const token = await provider.token('dj-ana', { exp: seconds() - 5 })
    expect(await verify(token)).toBeDefined()
    clock.nowMs += 40_000
    expect(await verify(token)).toBeUndefined()
  })

  it('without a signature, or signed with the public key as a secret, is not taken', async () => {
    const { provider, verify } = await open()
    const good = await provider.token('dj-ana')
    const [, payload = '', signature = ''] = good.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await verify(`${none}.${payload}.`)).toBeUndefined()
    expect(await verify(`${none}.${payload}.${signature}`)).toBeUndefined()
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const secret = Buffer.from(JSON.stringify(provider.answer.keys[0]?.publicJwk))
    expect(
      await verify(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'first' }).sign(secret)),
    ).toBeUndefined()
    expect(await verify('nonsense')).toBeUndefined()
  })

  it('of a key that only calls itself one of the set is not taken', async () => {
    const { provider, verify } = await open()
    const impostor = await createSigningKey('first')
    expect(await verify(await provider.token('dj-ana', {}, impostor))).toBeUndefined()
  })
})

describe('the keys of an identity provider', () => {
  it('may change: a token under a new one is taken', async () => {
    const { provider, verify } = await open({ refetchCooldownMs: 0 })
    await verify(await provider.token('dj-ana'))
    const next = await createSigningKey('second')
    provider.answer.keys = [next]
    expect(await verify(await provider.token('dj-ben', {}, next))).toMatchObject({ accountId: 'dj-ben' })
  })

  it('are not asked for again by every token under a key that there is not', async () => {
    const { provider, verify } = await open()
    await verify(await provider.token('dj-ana'))
    const stranger = await createSigningKey('unknown')
    for (let index = 0; index < 5; index++) {
      expect(await verify(await provider.token(`dj-${index}`, {}, stranger))).toBeUndefined()
    }
    expect(provider.fetches()).toBe(1)
  })

  it('may be taken back: a token that was remembered ends with its key, long before its own end', async () => {
    const { provider, verify, clock } = await open({ keysAgeMsMax: 0, refetchCooldownMs: 0 })
    const token = await provider.token('dj-ana')
    expect(await verify(token)).toBeDefined()
    provider.answer.keys = [await createSigningKey('second')]
    expect(await verify(token)).toBeDefined()
    clock.nowMs += 61_000
    expect(await verify(token)).toBeUndefined()
  })

  it.each([
    ['the status is not 200', { status: 500 }],
    ['it leads elsewhere', { status: 302 }],
    ['the answer is no JSON', { body: 'no json' }],
    ['the answer is no key set', { body: '{"keys":1}' }],
    ['the answer is too large', { body: JSON.stringify({ keys: [], filler: 'a'.repeat(2_000_000) }) }],
  ])('that cannot be had say nothing of a token: %s', async (_name, wrong) => {
    const { provider, verify } = await open({ retryMs: 0 })
    Object.assign(provider.answer, wrong)
    const token = await provider.token('dj-ana')
    await expect(verify(token)).rejects.toMatchObject(unavailable)
    // What no key could make good is refused all the same.
    expect(await verify('nonsense')).toBeUndefined()
    Object.assign(provider.answer, { status: 200, body: undefined })
    expect(await verify(token)).toBeDefined()
  })

  it('are not asked for by every request while the provider is out of reach', async () => {
    const { provider, verify, clock } = await open()
    provider.answer.status = 503
    for (let index = 0; index < 5; index++) {
      await expect(verify(await provider.token(`dj-${index}`))).rejects.toMatchObject(unavailable)
    }
    expect(provider.fetches()).toBe(1)
    provider.answer.status = 200
    clock.nowMs += 2_001
    expect(await verify(await provider.token('dj-ana'))).toBeDefined()
  })

  it('that nobody serves any more do not end what was verified a moment ago', async () => {
    const { provider, verify, clock } = await open({ keysAgeMsMax: 0 })
    const token = await provider.token('dj-ana')
    expect(await verify(token)).toBeDefined()
    await provider.close()
    expect(await verify(token)).toBeDefined()
    clock.nowMs += 61_000
    await expect(verify(token)).rejects.toMatchObject(unavailable)
  })
})
