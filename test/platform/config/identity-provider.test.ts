import { expect, it } from 'vitest'
import { readIdentityProvider } from '#platform/config/identity-provider.ts'

const whole = {
  AUTH_JWKS_URL: 'https://id.example/keys',
  AUTH_ISSUER: 'https://id.example',
  AUTH_AUDIENCE: 'tonearm',
}

it('is none where nothing of it is set', () => {
  expect(readIdentityProvider({})).toBeUndefined()
})

it('is set by its three settings together', () => {
  expect(readIdentityProvider(whole)).toEqual({
    jwksUrl: new URL('https://id.example/keys'),
    issuer: 'https://id.example',
    audience: 'tonearm',
  })
})

it.each(Object.keys(whole))('is refused without %s, in one line that names it', (name) => {
  const settings = Object.fromEntries(Object.entries(whole).filter(([other]) => other !== name))
  expect(() => readIdentityProvider(settings)).toThrow(new RegExp(`^${name}: [^\\n]+$`))
})

it.each([
  'http://127.0.0.1:9000/keys',
  'http://localhost/keys',
  'http://[::1]:9000/keys',
  'http://127.9.8.7/keys',
  'https://10.0.0.1/keys',
])('takes the keys from %s', (url) => {
  expect(readIdentityProvider({ ...whole, AUTH_JWKS_URL: url })?.jwksUrl.href).toBe(url)
})

it.each([
  'http://id.example/keys',
  'http://127.0.0.1.example/keys',
  'http://localhost.example/keys',
  'http://[::2]/keys',
  'http://0.0.0.0/keys',
  'ftp://127.0.0.1/keys',
  'file:///keys',
  'https://user:word@id.example/keys',
  'keys',
])('takes no keys from %s, where others could change them on their way, and does not repeat it', (url) => {
  const read = () => readIdentityProvider({ ...whole, AUTH_JWKS_URL: url })
  expect(read).toThrow(/^AUTH_JWKS_URL: [^\n]+$/)
  expect(read).not.toThrow(url)
})
