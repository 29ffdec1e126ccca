import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { requireScope } from '#platform/http/access.ts'
import { createServer } from '#platform/http/server.ts'
import { createJwksVerifier } from '#platform/keys/jwks-tokens.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'

it('answers 503, to try again, where the keys of a token cannot be had, and 401 to what no key makes good', async () => {
  const provider = await startIdentityProvider()
  await provider.close()
  const verifyToken = createJwksVerifier(provider)
  const server = createServer({ logger: pino({ level: 'silent' }) })
  onTestFinished(() => server.close())
  server.get('/own', async (request) => {
    await requireScope(request, 'dj', verifyToken)
  })
  const ask = (token: string) => server.inject({ url: '/own', headers: { authorization: `Bearer ${token}` } })
  const answer = await ask(await provider.token('ana'))
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'identity-provider-unavailable'])
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('nonsense')).statusCode).toBe(401)
})
