import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { appendedEvents, appendedSessions, goodSession, nowMs, pseudonyms, uploadServer } from './upload-server.ts'

const ndjson = { 'content-type': 'application/x-ndjson' }

describe('uploading sessions', () => {
  it('takes one session and names it by its key', async () => {
    const { post, appended } = await uploadServer()
    const { status, body } = await post(goodSession())
    const key = pseudonyms.sessionKey(pseudonyms.owner('ana'), '8c1e', '86')
    expect({ status, body }).toEqual({ status: 202, body: { accepted: [{ id: '86', key }], rejected: [] } })
    expect(appendedEvents(appended)).toEqual([
      {
        v: 1,
        trace: expect.stringMatching(/^[0-9a-f-]{36}$/),
        type: 'session-put',
        owner: pseudonyms.owner('ana'),
        at: nowMs,
        key,
        session: {
          id: '86',
          historyId: '8c1e',
          startedAt: '2026-02-13T07:58:00.000Z',
          tracks: [
            {
              id: '1',
              deck: 2,
              startedAt: '2026-02-13T07:58:00.000Z',
              tags: { title: 'Weightless', artist: 'Ana', bpm: 124.02 },
            },
          ],
        },
      },
    ])
    expect(appended[0]?.owner).toBe(pseudonyms.owner('ana'))
  })

  it('takes a list in one append', async () => {
    const { post, appended, appendCalls } = await uploadServer()
    const { status } = await post({ sessions: [goodSession(), goodSession({ id: '87' })] })
    expect([status, appended.length, appendCalls()]).toEqual([202, 2, 1])
  })

  it('takes NDJSON, and rejects an unreadable line with its place', async () => {
    const { post, appended } = await uploadServer()
    const lines = [
      '\uFEFF',
      JSON.stringify(goodSession()),
      '\r\n',
      '{"id":',
      '\n\n',
      JSON.stringify(goodSession({ id: '2' })),
    ]
    const { status, body } = await post(lines.join(''), ndjson)
    expect(status).toBe(202)
    expect(body.accepted.map(({ id }: { id: string }) => id)).toEqual(['86', '2'])
    expect(body.rejected).toEqual([{ index: 1, code: 'unreadable-line', detail: 'The line is not JSON in UTF-8.' }])
    expect(appended).toHaveLength(2)
  })

  it.each(['gzip', 'x-gzip'])('understands %s', async (coding) => {
    const { post, appended } = await uploadServer()
    const { status } = await post(gzipSync(JSON.stringify(goodSession())), { 'content-encoding': coding })
    expect([status, appended.length]).toEqual([202, 1])
  })

  it.each([
    ['list', '{"sessions":[]}', {}],
    ['NDJSON', '', ndjson],
    ['NDJSON of blank lines', '\n \n', ndjson],
  ])('finds an empty %s fine, and appends nothing', async (_name, body, headers) => {
    const { post, appendCalls } = await uploadServer()
    const answer = await post(body, headers)
    expect(answer.status).toBe(202)
    expect(answer.body).toEqual({ accepted: [], rejected: [] })
    expect(appendCalls()).toBe(0)
  })

  it('lets the later of two uploads of one session hold', async () => {
    const { post, appended } = await uploadServer()
    const { body } = await post({ sessions: [goodSession({ name: 'first' }), goodSession({ name: 'second' })] })
    expect(body.accepted).toHaveLength(2)
    expect(body.accepted[0].warnings).toMatchObject([{ code: 'replaced-by-later', path: '' }])
    expect(body.accepted[1].warnings).toBeUndefined()
    expect(appendedSessions(appended).map(({ name }) => name)).toEqual(['second'])
  })

  it('keeps one id of two computers apart', async () => {
    const { post, appended } = await uploadServer()
    const { body } = await post({
      sessions: [goodSession(), goodSession({ historyId: 'other' }), goodSession({ historyId: undefined })],
    })
    expect(new Set(body.accepted.map(({ key }: { key: string }) => key)).size).toBe(3)
    expect(appended).toHaveLength(3)
  })

  it('gives two accounts different owners and keys for the same session', async () => {
    const { post, token, appended } = await uploadServer()
    await post(goodSession())
    await post(goodSession(), { authorization: `Bearer ${await token('ben')}` })
    const [ana, ben] = appendedEvents(appended)
    expect(ana?.owner).not.toBe(ben?.owner)
    expect(JSON.stringify([ana, ben])).not.toContain('"ana"')
  })

  it('answers 422 with both lists where nothing is accepted, and takes the good ones where something is', async () => {
    const { post, appended } = await uploadServer()
    const nothing = await post({ sessions: [{ id: '1' }] })
    expect(nothing.status).toBe(422)
    expect(nothing.body).toMatchObject({ code: 'nothing-accepted', accepted: [], rejected: [{ index: 0, id: '1' }] })
    const some = await post({ sessions: [{ id: '1' }, goodSession()] })
    expect(some.status).toBe(202)
    expect(some.body.rejected).toHaveLength(1)
    expect(appended).toHaveLength(1)
  })

  it('passes on that a deleted session is wanted back', async () => {
    const { post, appended } = await uploadServer()
    await post({ sessions: [goodSession({ undelete: true }), goodSession({ id: '2', undelete: false })] })
    expect(appendedEvents(appended).map((event) => 'undelete' in event)).toEqual([true, false])
  })

  it('answers 503 with Retry-After where the log is out of reach', async () => {
    const { post } = await uploadServer({
      append: () => Promise.reject(new TonearmError('log-unavailable', 'no log')),
    })
    const { status, headers, body } = await post(goodSession())
    expect([status, body.code]).toEqual([503, 'log-unavailable'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })

  it('answers only after the append is durable', async () => {
    let durable = () => undefined as unknown
    let asked = () => undefined as unknown
    const appendAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const { post } = await uploadServer({
      append: () => {
        asked()
        return new Promise((resolve) => {
          durable = () => resolve([{ partition: 0, offset: 0 }])
        })
      },
    })
    let answered = false
    const answer = post(goodSession()).then((value) => {
      answered = true
      return value
    })
    await appendAsked
    await new Promise(setImmediate)
    expect(answered).toBe(false)
    durable()
    expect((await answer).status).toBe(202)
  })
})

describe('who may upload', () => {
  it.each([
    ['no token', {}, 401],
    ['a made-up token', { authorization: 'Bearer made.up.token' }, 401],
  ])('refuses %s before it looks at the body', async (_name, headers, status) => {
    const { server, appendCalls } = await uploadServer()
    const response = await server.inject({
      method: 'POST',
      url: '/v1/sessions',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: '{',
    })
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(appendCalls()).toBe(0)
  })

  it('refuses a token of another scope', async () => {
    const { post, token } = await uploadServer()
    const { status, body } = await post('{', { authorization: `Bearer ${await token('ana', 'analyst')}` })
    expect([status, body.code]).toEqual([403, 'forbidden'])
  })

  it('slows down one account and not another, and says for how long', async () => {
    let clockMs = nowMs
    const { post, token, server } = await uploadServer({ uploadsPerMinute: 2, clock: () => clockMs })
    const statuses = [await post(goodSession()), await post(goodSession())].map(({ status }) => status)
    const third = await post(goodSession())
    expect([...statuses, third.status]).toEqual([202, 202, 429])
    expect(third.body.code).toBe('too-many-requests')
    expect(third.headers['retry-after']).toBe('30')
    expect((await post(goodSession(), { authorization: `Bearer ${await token('ben')}` })).status).toBe(202)
    const deletion = await server.inject({
      method: 'DELETE',
      url: '/v1/sessions/86',
      headers: { authorization: `Bearer ${await token()}` },
    })
    expect(deletion.statusCode).toBe(429)
    clockMs += 30_000
    expect((await post(goodSession())).status).toBe(202)
  })
})

describe('what is documented', () => {
  it('names the routes, their forms and their problems', async () => {
    const { server } = await uploadServer()
    const document = (await server.inject({ url: '/openapi.json' })).json()
    expect(document.openapi).toBe('3.1.0')
    const { post } = document.paths['/v1/sessions']
    expect(Object.keys(post.requestBody.content)).toEqual(['application/json', 'application/x-ndjson'])
    expect(Object.keys(post.responses)).toEqual(['202', '400', '401', '403', '413', '415', '422', '429', '500', '503'])
    expect(post.responses['422'].content['application/problem+json'].schema.properties).toHaveProperty('rejected')
    expect(post.security).toEqual([{ bearer: ['dj'] }])
    expect(Object.keys(document.paths['/v1/sessions/{key}'])).toEqual(['patch', 'delete'])
  })
})
