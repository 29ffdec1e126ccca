import { describe, expect, it } from 'vitest'
import type { UploadResult } from '#schemas/records/session.ts'
import { createApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { waitFor } from '../support/wait-for.ts'
import { badCredentials } from './bad-tokens.ts'
import { type DocumentedOperation, fillPath, readOperations } from './documented-operations.ts'
import { localIssuer, type MatrixServer, send, startWithIdentityProvider, startWithLocalKey } from './matrix-server.ts'

const SCOPES = ['dj', 'analyst', 'admin']
/** Errors of `/sql` have ClickHouse's form. */
const speaksClickhouse = ({ path }: DocumentedOperation) => path.startsWith('/sql')
const reasonOf = (operation: DocumentedOperation, { text }: { readonly text: string }): string | undefined =>
  speaksClickhouse(operation) ? /\(([A-Z_]+)\) \(version/.exec(text)?.[1] : JSON.parse(text).code
const nameOf = ({ method, path }: DocumentedOperation) => `${method} ${path}`

// The tests are made of the document of the running server, so that a new endpoint has its own.
const kinds: readonly (readonly [string, MatrixServer])[] = [
  ['the local key', await startWithLocalKey()],
  ['an identity provider', await startWithIdentityProvider()],
]
const address = kinds[0]?.[1].server.address ?? ''
const operations = await readOperations(address)
const guarded = operations.filter(({ scopes }) => scopes.length > 0)
const open = operations.filter(({ scopes }) => scopes.length === 0)
const cases = guarded.map((operation) => [nameOf(operation), operation] as const)

it('finds operations of DJs and of admins, public ones, and none of a scope that there is not', () => {
  expect(guarded.length).toBeGreaterThanOrEqual(10)
  expect(open.length).toBeGreaterThanOrEqual(5)
  const named = guarded.flatMap(({ scopes }) => scopes)
  expect(named).toEqual(expect.arrayContaining(['dj', 'admin']))
  expect(named.filter((scope) => !SCOPES.includes(scope))).toEqual([])
})

describe.each(kinds)('with tokens of %s', (_kind, { server, issuer }) => {
  const account = 'ana'
  const authorize = async (sub: string, scope: string) => `Bearer ${await issuer.token(sub, { scope })}`
  const upload = async (sub: string, id: string) => {
    const dj = createApiClient(server.address, await issuer.token(sub))
    const key = (await dj.post('/v1/sessions', { json: sessionOf(id) })).json<UploadResult>().accepted[0]?.key ?? ''
    await waitFor('the session', async () => (await dj.get(`/v1/me/sessions/${key}`)).status === 200)
    return { dj, key }
  }
  /** What belongs to the account, and how many events there ever were: the log keeps their order, so none is on its way. */
  const state = async (sub: string) => {
    const { dj, key } = await upload('marker', 'marker')
    const metrics = await (await fetch(new URL('/metrics', server.address))).text()
    const client = createApiClient(server.address, await issuer.token(sub))
    const own = ['/v1/me/profile', '/v1/me/sessions', `/v1/me/sessions/${(await anas).key}`]
    return {
      marker: (await dj.get(`/v1/me/sessions/${key}`)).status,
      events: Number(/^tonearm_ingest_events_total (\d+)/m.exec(metrics)?.[1]),
      own: await Promise.all(own.map(async (path) => (await client.get(path)).text)),
    }
  }
  const anas = upload(account, 'session-of-ana')
  const before = anas.then(() => state(account))
  const pathOf = async ({ path }: DocumentedOperation) =>
    fillPath(path, { key: (await anas).key, sub: account, trackId: '0123456789abcdef' })

  describe.each(cases)('%s', (_name, operation) => {
    const [scope = ''] = operation.scopes

    it.each(Object.entries(badCredentials(issuer, account, scope)))(
      'answers 401 to %s, before it reads the body',
      async (_credentials, make) => {
        await before
        const answer = await send(server.address, operation, await pathOf(operation), await make())
        expect(answer.status).toBe(401)
        expect(answer.headers['www-authenticate']).toMatch(speaksClickhouse(operation) ? /^Basic realm=/ : /^Bearer$/)
        if (operation.method !== 'HEAD')
          expect(reasonOf(operation, answer)).toMatch(/^unauthorized|AUTHENTICATION_FAILED$/)
      },
    )

    const others = SCOPES.filter((other) => !operation.scopes.includes(other))
    it.each([...others, others.join(' '), '', 'openid', scope.toUpperCase(), `${scope}s`, `x${scope}`])(
      'answers 403 to the scope "%s", before it reads the body',
      async (wrong) => {
        await before
        const credentials = await authorize(account, wrong)
        const answer = await send(server.address, operation, await pathOf(operation), credentials)
        expect(answer.status).toBe(403)
        if (operation.method !== 'HEAD') expect(reasonOf(operation, answer)).toMatch(/^forbidden|ACCESS_DENIED$/)
      },
    )
  })

  it('did nothing for any of these', async () => {
    const [first, last] = [await before, await state(account)]
    expect(last).toEqual({ ...first, events: first.events + 1 })
    expect(first.own.join('')).toContain('session-of-ana')
  })

  it.each(cases)('%s lets in who has the scope', async (name, operation) => {
    const path = fillPath(operation.path, { sub: `nobody of ${name}`, trackId: '0123456789abcdef' })
    const credentials = await authorize(`somebody for ${name}`, operation.scopes.join(' '))
    const answer = await send(server.address, operation, path, credentials, '{}')
    expect(answer.status).not.toBe(401)
    expect(answer.status).toBeLessThan(500)
    expect(answer.text).not.toContain('"forbidden"')
  })

  const named = guarded.filter(({ path, scopes }) => path.includes('{') && scopes.includes('dj'))
  it.each(named.map((operation) => [nameOf(operation), operation] as const))(
    "%s answers to another DJ's session as to one that never was",
    async (_name, operation) => {
      const { key } = await anas
      const credentials = await authorize('ben', 'dj')
      const ask = async (value: string) => {
        const path = operation.path.replace(/\{\w+\}/g, value)
        const { status, headers, text } = await send(server.address, operation, path, credentials, '{"name":"Mine"}')
        const { date: _, 'x-request-id': __, ...same } = headers
        return { status, text, headers: same }
      }
      const unknown = [...key].reverse().join('')
      expect(await ask(key)).toEqual(await ask(unknown))
      expect(await ask('session-of-ana')).toEqual(await ask('session-of-nobody'))
      const { dj } = await anas
      expect((await dj.get(`/v1/me/sessions/${key}`)).json()).toMatchObject({ id: 'session-of-ana' })
      expect((await dj.get(`/v1/me/sessions/${key}`)).text).not.toContain('Mine')
    },
  )

  it.each(open.map((operation) => [nameOf(operation), operation] as const))(
    '%s is public: it asks for no token, and a bad one changes nothing',
    async (_name, operation) => {
      const path = fillPath(operation.path, { region: 'world', genre: 'all', period: 'latest' })
      const ask = async (authorization?: string) => {
        const { status, text } = await send(server.address, operation, path, authorization, '{}')
        return { status, text }
      }
      const answer = await ask()
      expect([200, 400, 404]).toContain(answer.status)
      expect(await ask('Bearer garbage')).toEqual(answer)
    },
  )
})

it('takes no token of the local key where an identity provider is set', async () => {
  const [, { server, issuer }] = kinds[1] ?? ['', await startWithIdentityProvider()]
  const local = await localIssuer(server.dataDir)
  const statusOf = async (token: string) => (await createApiClient(server.address, token).get('/v1/me/profile')).status
  expect(await statusOf(await local.token('ana'))).toBe(401)
  expect(await statusOf(await local.token('ana', { iss: issuer.issuer, aud: issuer.audience }))).toBe(401)
  expect(await statusOf(await issuer.token('ana'))).toBe(200)
})
