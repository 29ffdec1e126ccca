import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Compile } from 'typebox/schema'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AccountExport } from '#schemas/records/account-export.ts'
import type { UploadResult } from '#schemas/records/session.ts'
import type { ApiAnswer, ApiClient } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { BUSY_MS_MAX, quickCharts, type RunningServer, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

type JsonSchema = Readonly<Record<string, unknown>>
type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>

interface Operation {
  readonly summary?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}

interface OpenApi {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly securitySchemes: Readonly<Record<string, { readonly type: string }>> }
}

let server: RunningServer
let dj: ApiClient
let anybody: ApiClient
let document: OpenApi

beforeAll(async () => {
  server = await startServer({ settings: { ...quickCharts, CHART_MIN_DJS: '1' } })
  dj = await server.api('ana')
  anybody = await server.api()
  document = (await anybody.get('/openapi.json')).json<OpenApi>()
})

function operationOf(name: string): Operation {
  const [method = '', path = ''] = name.split(' ')
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (operation === undefined) throw new Error(`${name} is not documented`)
  return operation
}

/** What is wrong with a value, in words; empty where it is as the schema says. */
function faultsOf(schema: JsonSchema, value: unknown): string[] {
  const [isValid, errors] = Compile(schema).Errors(value)
  return isValid ? [] : errors.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** The same schema, but objects may have no member that it does not name: an answer with one more is not documented. */
function closed(schema: unknown): JsonSchema {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== 'object' || part === null) return part
    const walked = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, walk(value)]))
    return 'properties' in walked ? { additionalProperties: false, ...walked } : walked
  }
  return walk(schema) as JsonSchema // an object stays one
}

/** Holds an answer to what its operation documents: status, media type, body, to the last member. */
function expectDocumented(name: string, answer: ApiAnswer): void {
  const response = operationOf(name).responses[answer.status]
  expect(response, `${name} answers ${answer.status}`).toBeDefined()
  if (response?.content === undefined) {
    expect(answer.bytes).toHaveLength(0)
    return
  }
  const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? ''
  expect(Object.keys(response.content)).toContain(mediaType)
  const { schema = {} } = response.content[mediaType] ?? {}
  const value = mediaType.endsWith('json') ? answer.json() : answer.text
  expect(faultsOf(closed(schema), value), `${name} answers ${answer.text}`).toEqual([])
}

/** Holds a body that is sent to what the operation documents of it. */
function bodyFaults(name: string, body: unknown, mediaType = 'application/json'): string[] {
  return faultsOf(operationOf(name).requestBody?.content[mediaType]?.schema ?? {}, body)
}

describe('the document', () => {
  it('is OpenAPI 3.1, with a name, a version and the way to authorise', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: 'Tonearm', version: expect.any(String) })
    expect(document.components.securitySchemes['bearer']).toMatchObject({ type: 'http', scheme: 'bearer' })
  })

  it('says of each operation what it is, its parameters and its answers', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      for (const [method, { summary, parameters = [], responses, security = [] }] of Object.entries(operations)) {
        const name = `${method} ${path}`
        expect(summary, name).toMatch(/\w+/)
        const required = parameters.filter((one) => one.in === 'path')
        expect(required.map((one) => one.name).sort(), name).toEqual([...inPath].sort())
        expect(
          required.every((one) => one.required),
          name,
        ).toBe(true)
        expect(
          Object.keys(responses).some((status) => /^2\d\d$/.test(status)),
          name,
        ).toBe(true)
        for (const [status, { description }] of Object.entries(responses)) {
          expect(status, name).toMatch(/^[1-5]\d\d$/)
          expect(description, `${name} ${status}`).toMatch(/\w+/)
        }
        // What needs a token says so, and what says so needs one of the schemes.
        expect('401' in responses, name).toBe(security.length > 0)
        for (const scheme of security.flatMap((one) => Object.keys(one))) {
          expect(document.components.securitySchemes).toHaveProperty(scheme)
        }
      }
    }
  })

  it('has no schema that cannot be compiled, and no reference that leads nowhere', () => {
    const schemas: JsonSchema[] = []
    const walk = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return
      for (const [name, value] of Object.entries(part)) {
        if (name === 'schema') schemas.push(value as JsonSchema) // this member is a schema everywhere in OpenAPI
        walk(value)
      }
    }
    walk(document.paths)
    expect(schemas.length).toBeGreaterThan(50)
    expect(JSON.stringify(document.paths)).not.toContain('"$ref"')
    for (const schema of schemas) expect(() => Compile(schema)).not.toThrow()
  })

  it('has every route of the server under /v1 and /sql, and nothing else', () => {
    const services = fileURLToPath(new URL('../../services/', import.meta.url))
    const sources = readdirSync(services, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const routes = sources.flatMap((file) => {
      const calls = readFileSync(join(services, file), 'utf8').matchAll(
        /server\.(get|post|put|patch|delete)(?:<[^(]*>)?\(\s*'(\/(?:v1\/|sql)[^']*)'/g,
      )
      return [...calls].map(([, method, path = '']) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    })
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    expect(routes.length).toBeGreaterThanOrEqual(12)
    expect(documented.sort()).toEqual(routes.sort())
  })
})

describe('requests and answers are as documented', () => {
  const session = {
    ...sessionOf('86', { historyId: 'laptop', exportId: '12', name: 'Friday' }),
    software: { name: 'Serato DJ Pro', version: '3.2.1' },
    system: { os: 'macOS 14.5', processor: 'Apple M2', computerType: 'MacBookPro18,3' },
    endedAt: '2024-02-15T12:00:00+13:00',
    editedAt: '2024-02-15T19:00:00+13:00',
  }
  const profile = {
    displayName: 'Ana',
    location: { country: 'NZ', subdivision: 'NZ-AUK', city: 'Auckland' },
    genrePreferences: ['house'],
    choices: { charts: true, statistics: true, usage: true },
    consentText: '1',
    birthDate: '1990-05-17',
  }
  let key: string

  beforeAll(async () => {
    const change = await dj.patch('/v1/me/profile', profile)
    expect(bodyFaults('PATCH /v1/me/profile', profile)).toEqual([])
    expectDocumented('PATCH /v1/me/profile', change)
    expect(bodyFaults('POST /v1/sessions', session)).toEqual([])
    const upload = await dj.post('/v1/sessions', { json: session })
    expect(upload.status).toBe(202)
    expectDocumented('POST /v1/sessions', upload)
    key = upload.json<UploadResult>().accepted[0]?.key ?? ''
    await waitFor('the session', async () => (await dj.get(`/v1/me/sessions/${key}`)).status === 200)
    const isThere = async () => (await anybody.get('/v1/charts/NZ/all/2024')).status === 200
    await waitFor('a chart', isThere, BUSY_MS_MAX)
  })

  it('of uploads in all three forms, with warnings and rejections', async () => {
    const odd = { ...sessionOf('odd'), tracks: [{ id: '1', tags: { bpm: 9000 } }] }
    const sent = [sessionOf('one'), odd, { id: 'bad' }]
    expect(bodyFaults('POST /v1/sessions', { sessions: [sessionOf('one')] })).toEqual([])
    // The document refuses what the server refuses.
    expect(bodyFaults('POST /v1/sessions', { id: 'bad' })).not.toEqual([])
    expect(bodyFaults('POST /v1/sessions', { ...session, startedAt: 'yesterday' })).not.toEqual([])
    for (const request of [{ json: { sessions: sent } }, { ndjson: sent }]) {
      const answer = await dj.post('/v1/sessions', request)
      expect(answer.status).toBe(202)
      expect(answer.json<UploadResult>()).toMatchObject({
        accepted: [{ id: 'one' }, { id: 'odd', warnings: [{ code: 'tag-out-of-bounds' }] }],
        rejected: [{ index: 2, code: 'missing-member' }],
      })
      expectDocumented('POST /v1/sessions', answer)
    }
    const none = await dj.post('/v1/sessions', { json: { id: 'bad' } })
    expect(none.status).toBe(422)
    expectDocumented('POST /v1/sessions', none)
  })

  it.each([
    ['400', { bytes: '{', headers: { 'content-type': 'application/json' } }],
    ['400', { json: { sessions: 1 } }],
    ['413', { ndjson: Array.from({ length: 1001 }, () => sessionOf('1')) }],
    ['415', { bytes: 'a', headers: { 'content-type': 'text/plain' } }],
  ])('of uploads that are refused whole: %s', async (status, request) => {
    const answer = await dj.post('/v1/sessions', request)
    expect(String(answer.status)).toBe(status)
    expectDocumented('POST /v1/sessions', answer)
  })

  it('of choices and deletions', async () => {
    const choices = { name: 'Saturday', visibility: 'public', contributeToCharts: true }
    expect(bodyFaults('PATCH /v1/sessions/{key}', choices)).toEqual([])
    expectDocumented('PATCH /v1/sessions/{key}', await dj.patch(`/v1/sessions/${key}`, choices))
    expectDocumented('PATCH /v1/sessions/{key}', await dj.patch('/v1/sessions/unknown', choices))
    expect(bodyFaults('PATCH /v1/sessions/{key}', { visibility: 'friends' })).not.toEqual([])
    expectDocumented('PATCH /v1/sessions/{key}', await dj.patch(`/v1/sessions/${key}`, { visibility: 'friends' }))
    expectDocumented('PATCH /v1/sessions/{key}', await dj.patch(`/v1/sessions/${key}`, 'text'))
    expectDocumented('DELETE /v1/sessions/{key}', await dj.delete('/v1/sessions/unknown'))
  })

  it('of the profile', async () => {
    const own = await dj.get('/v1/me/profile')
    expectDocumented('GET /v1/me/profile', own)
    // A member that the document does not name would be found.
    expect(() =>
      expectDocumented('GET /v1/me/profile', { ...own, json: <T>() => ({ ...own.json(), sub: 'ana' }) as T }),
    ).toThrow()
    expect(bodyFaults('PATCH /v1/me/profile', { displayName: 1 })).not.toEqual([])
    // Who says to be under 16 is erased.
    const child = await server.api('child')
    for (const wrong of [{ displayName: 1 }, [], { location: { country: 'XX' } }, { birthDate: '2020-01-01' }]) {
      const answer = await child.patch('/v1/me/profile', wrong)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expectDocumented('PATCH /v1/me/profile', answer)
    }
  })

  it("of the account's sessions", async () => {
    const name = 'GET /v1/me/sessions/{key}'
    expectDocumented(name, await dj.get(`/v1/me/sessions/${key}`))
    expectDocumented(name, await dj.get('/v1/me/sessions/unknown'))
    await dj.post('/v1/sessions', { json: { ...session, historyId: 'desktop' } })
    await waitFor('an id that two have', async () => (await dj.get('/v1/me/sessions/86')).status === 409)
    expectDocumented(name, await dj.get('/v1/me/sessions/86'))
    expectDocumented('DELETE /v1/sessions/{key}', await dj.delete('/v1/sessions/86'))
    for (const query of ['', '?limit=1', '?limit=0', '?cursor=nonsense']) {
      expectDocumented('GET /v1/me/sessions', await dj.get(`/v1/me/sessions${query}`))
    }
  })

  it('of exports and erasures', async () => {
    const name = 'GET /v1/me/export'
    const answer = await dj.get('/v1/me/export')
    expect(answer.json<AccountExport>().sessions.length).toBeGreaterThan(0)
    expectDocumented(name, answer)
    expect(bodyFaults('POST /v1/sessions', answer.json())).toEqual([])
    const gone = await server.api('gone')
    await gone.patch('/v1/me/profile', profile)
    const erased = await gone.delete('/v1/me')
    expect(erased.status).toBe(202)
    expectDocumented('DELETE /v1/me', erased)
    const { status } = erased.json<{ status: string }>()
    expectDocumented('GET /v1/erasures/{receipt}', await anybody.get(status))
    expectDocumented('GET /v1/erasures/{receipt}', await anybody.get('/v1/erasures/unknown'))
    expectDocumented(name, await gone.get('/v1/me/export'))
  })

  it('of what admins do', async () => {
    const admin = await server.api('eva', 'admin')
    const account = '/v1/accounts/bob%2F1'
    const change = 'PATCH /v1/accounts/{sub}/profile'
    for (const body of [
      { displayName: 'Bob' },
      { choices: { charts: true } },
      'text',
      { displayName: 'a'.repeat(70_000) },
    ]) {
      expectDocumented(change, await admin.patch(`${account}/profile`, body))
    }
    expectDocumented(change, await admin.patch('/v1/accounts/child/profile', { displayName: 'Bob' }))
    expectDocumented('GET /v1/accounts/{sub}/export', await admin.get(`${account}/export`))
    expectDocumented('GET /v1/accounts/{sub}/export', await admin.get('/v1/accounts//export'))
    for (const [name, answer] of [
      ['PUT /v1/accounts/{sub}/block', await admin.request('PUT', `${account}/block`)],
      ['PUT /v1/accounts/{sub}/block', await admin.request('PUT', `${account}/block`, { json: {} })],
      ['DELETE /v1/accounts/{sub}/block', await admin.delete(`${account}/block`)],
      ['DELETE /v1/accounts/{sub}', await admin.delete(account)],
    ] as const) {
      expect(answer.status, name).toBe(202)
      expectDocumented(name, answer)
    }
    for (const list of ['/v1/audit', '/v1/dead-letters']) {
      for (const query of ['', '?limit=1', '?limit=0', '?cursor=nonsense']) {
        expectDocumented(`GET ${list}`, await admin.get(`${list}${query}`))
      }
    }
  })

  it('of charts, tracks and playlists', async () => {
    const chart = '/v1/charts/NZ/all/2024'
    const { entries } = (await anybody.get(chart)).json<{ entries: { track: { id: string } }[] }>()
    expect(entries).toHaveLength(3)
    await dj.patch(`/v1/sessions/${key}`, { visibility: 'public' })
    const publicId = await waitFor(
      'a public id',
      async () => (await dj.get(`/v1/me/sessions/${key}`)).json<{ publicId?: string }>().publicId,
    )
    for (const [name, paths] of [
      ['GET /v1/charts/{region}/{genre}/{period}', [chart, '/v1/charts/NZ/all/latest', '/v1/charts/a/b/c']],
      ['GET /v1/charts/{region}/{genre}/{period}.csv', [`${chart}.csv`, '/v1/charts/a/b/c.csv']],
      ['GET /v1/charts', ['/v1/charts', '/v1/charts?limit=1', '/v1/charts?limit=0', '/v1/charts?cursor=a']],
      ['GET /v1/tracks/{trackId}', [`/v1/tracks/${entries[0]?.track.id}`, '/v1/tracks/unknown']],
      ['GET /v1/playlists/{publicId}', [`/v1/playlists/${publicId}`, '/v1/playlists/unknown']],
    ] as const) {
      const answers = await Promise.all(paths.map((path) => anybody.get(path)))
      expect(answers[0]?.status, name).toBe(200)
      for (const answer of answers) expectDocumented(name, answer)
      const etag = answers[0]?.headers.get('etag') ?? ''
      const again = await anybody.get(paths[0], { 'if-none-match': etag })
      expect(again.status, name).toBe(304)
      expectDocumented(name, again)
    }
  })

  it('of merges', async () => {
    const editor = await server.api('eva', 'admin')
    const [one, other] = ['1'.repeat(16), '2'.repeat(16)]
    const put = (path: string, json: unknown) => editor.request('PUT', `/v1/merges/${path}`, { json })
    expect(bodyFaults('PUT /v1/merges/{trackId}', { into: other })).toEqual([])
    expect(bodyFaults('PUT /v1/merges/{trackId}', { into: 'other' })).not.toEqual([])
    expect((await put(`${one}`, { into: other })).status).toBe(200)
    for (const answer of [
      await put(`${one}`, { into: other }),
      await put(`${one}`, { into: one }),
      await put('unknown', { into: one }),
      await editor.request('PUT', `/v1/merges/${one}`, { bytes: '{', headers: { 'content-type': 'application/json' } }),
      await editor.request('PUT', `/v1/merges/${one}`, { bytes: 'a', headers: { 'content-type': 'text/plain' } }),
      await put(`${one}`, { into: 'a'.repeat(5000) }),
    ]) {
      expectDocumented('PUT /v1/merges/{trackId}', answer)
    }
    for (const id of [one, other, 'unknown']) {
      expectDocumented('GET /v1/merges/{trackId}', await editor.get(`/v1/merges/${id}`))
      expectDocumented('DELETE /v1/merges/{trackId}', await editor.delete(`/v1/merges/${id}`))
    }
    for (const query of ['', '?limit=1', '?limit=0', '?cursor=nonsense']) {
      expectDocumented('GET /v1/merges', await editor.get(`/v1/merges${query}`))
    }
  })

  it('where the token is missing, wrong or of another scope', async () => {
    const analyst = await server.api('ana', 'analyst')
    const dj = await server.api('ana')
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { security = [] }] of Object.entries(operations)) {
        if (security.length === 0) continue
        const name = `${method.toUpperCase()} ${path}`
        const request = ['post', 'patch'].includes(method) ? { json: {} } : {}
        for (const [client, status] of [
          [anybody, 401],
          [path.startsWith('/sql') ? dj : analyst, 403],
        ] as const) {
          const answer = await client.request(method.toUpperCase(), path.replace('{key}', key), request)
          expect(answer.status, name).toBe(status)
          expectDocumented(name, answer)
        }
      }
    }
  })
})
