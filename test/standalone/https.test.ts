import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newDataDir, runProgram, startServer, stopServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { createTestCertificate } from '../support/test-certificate.ts'

it('serves HTTPS where it has a certificate, prints that address, and ends in order (PRIVACY 14)', async () => {
  const certificate = createTestCertificate()
  const folder = temporaryFolder()
  const settings = { TLS_CERT: join(folder, 'certificate.pem'), TLS_KEY: join(folder, 'key.pem') }
  writeFileSync(settings.TLS_CERT, certificate.cert)
  writeFileSync(settings.TLS_KEY, certificate.key, { mode: 0o600 })
  const server = await startServer({ settings })
  expect(server.stdout()).toMatch(/^Tonearm serves at https:\/\/127\.0\.0\.1:\d+\n$/)

  const asked = request(new URL('/readyz', server.address), { ca: certificate.cert }).end()
  const [answer] = await once(asked, 'response')
  answer.resume()
  expect(answer.statusCode).toBe(200)
  expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d{8,}$/)
  expect(await stopServer(server)).toEqual({ status: 0, signal: null })
  expect(server.stderr()).toBe('')
})

it.each([
  ['TLS_KEY', { TLS_CERT: 'certificate.pem' }],
  ['TLS_CERT', { TLS_KEY: 'key.pem' }],
  ['TLS_CERT', { TLS_CERT: 'nowhere/certificate.pem', TLS_KEY: 'nowhere/key.pem' }],
  ['AUTH_ISSUER', { AUTH_JWKS_URL: 'https://id.example/keys', AUTH_AUDIENCE: 'tonearm' }],
  ['AUTH_AUDIENCE', { AUTH_JWKS_URL: 'https://id.example/keys', AUTH_ISSUER: 'https://id.example' }],
  ['AUTH_JWKS_URL', { AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'tonearm' }],
  [
    'AUTH_JWKS_URL',
    { AUTH_JWKS_URL: 'http://id.example', AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'tonearm' },
  ],
])('does not start when only a part is set that can be used, and names %s: %j', async (name, settings) => {
  const ended = await runProgram('services/standalone/main.ts', [], { DATA_DIR: newDataDir(), PORT: '0', ...settings })
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toMatch(new RegExp(`^config-invalid: ${name}: [^\\n]+\\n$`))
})
