import { statSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createLocalVerifier, issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const DAY_MS = 86_400_000

async function localKey() {
  const folder = temporaryFolder()
  return { folder, key: await readLocalKey(folder) }
}

describe('a local token', () => {
  it('names its account and scopes', async () => {
    const { key } = await localKey()
    const verify = await createLocalVerifier(key)
    const caller = await verify(await issueToken(key, 'dj-ana', ['dj', 'admin']))
    expect(caller).toEqual({ accountId: 'dj-ana', scopes: new Set(['dj', 'admin']) })
  })

  it('holds across a restart, by a key file that only its user may read', async () => {
    const { folder, key } = await localKey()
    const token = await issueToken(key, 'dj-ana', ['dj'])
    const verify = await createLocalVerifier(await readLocalKey(folder))
    expect(await verify(token)).toMatchObject({ accountId: 'dj-ana' })
    expect(statSync(join(folder, 'keys', 'token.jwk')).mode & 0o777).toBe(0o600)
  })

  it('ends, also where it was remembered', async () => {
    const { key } = await localKey()
    let nowMs = Date.now()
    const verify = await createLocalVerifier(key, () => nowMs)
    const token = await issueToken(key, 'dj-ana', ['dj'], 1)
    expect(await verify(token)).toBeDefined()
    nowMs += 2 * DAY_MS
    expect(await verify(token)).toBeUndefined()
  })

  it('of another key is not taken', async () => {
    const [ours, others] = [await localKey(), await localKey()]
    const verify = await createLocalVerifier(ours.key)
    expect(await verify(await issueToken(others.key, 'dj-ana', ['dj']))).toBeUndefined()
  })

  it('whose text was changed is not taken', async () => {
    const { key } = await localKey()
    const verify = await createLocalVerifier(key)
    const [head, , signature] = (await issueToken(key, 'dj-ana', ['dj'])).split('.')
    const payload = Buffer.from('{"sub":"dj-ben","scope":"admin"}').toString('base64url')
    expect(await verify(`${head}.${payload}.${signature}`)).toBeUndefined()
    expect(await verify('nonsense')).toBeUndefined()
  })

  it('without a signature, or with one of another kind, is not taken', async () => {
    const { key } = await localKey()
    const verify = await createLocalVerifier(key)
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { sub: 'dj-ana', scope: 'admin', iss: 'tonearm-local', aud: 'tonearm', exp: Date.now() / 1000 + 60 }
    expect(await verify(`${part({ alg: 'none' })}.${part(claims)}.`)).toBeUndefined()
    // The public key, which everybody may know, as the secret of a symmetric signature.
    const hs256 = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(key.x ?? ''))
    expect(await verify(hs256)).toBeUndefined()
  })

  it('without an end, or for another audience, is not taken', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
    const verify = await createLocalVerifier(await exportJWK(privateKey))
    const token = (audience: string) =>
      new SignJWT({ scope: 'dj' })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setSubject('dj-ana')
        .setIssuer('tonearm-local')
        .setAudience(audience)
    expect(await verify(await token('tonearm').sign(privateKey))).toBeUndefined()
    expect(await verify(await token('another').setExpirationTime('1h').sign(privateKey))).toBeUndefined()
    expect(await verify(await token('tonearm').setExpirationTime('1h').sign(privateKey))).toBeDefined()
  })
})
