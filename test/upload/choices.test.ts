import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { appendedEvents, nowMs, pseudonyms, type UploadServer, uploadServer } from './upload-server.ts'

const owner = pseudonyms.owner('ana')
const key86 = pseudonyms.sessionKey(owner, '8c1e', '86')

let store: Store
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  store = openEmbeddedStore({ folder })
  await migrate(store, () => nowMs)
  const row = (historyId: string, id: string, more = {}) => ({
    owner,
    session_key: pseudonyms.sessionKey(owner, historyId, id),
    version: '1',
    received_at: '2026-02-14 00:00:00.000',
    session_id: id,
    started_at: '2026-02-13 07:58:00.000',
    visibility: 'unset',
    contribute: 'unset',
    ...more,
  })
  const rows = [
    row('8c1e', '86'),
    row('8c1e', 'twice'),
    row('other', 'twice'),
    row('8c1e', 'gone'),
    row('8c1e', 'gone', { version: '2', is_deleted: 1 }),
    row('8c1e', 'once', {}),
    row('other', 'once', { version: '2', is_deleted: 1 }),
    // An id that looks like the key of another session: the key goes first.
    row('8c1e', key86),
    { ...row('8c1e', 'ben'), owner: pseudonyms.owner('ben') },
  ]
  const lines = Buffer.from(rows.map((one) => JSON.stringify(one)).join('\n'))
  await store.connect('migrate').insert({ table: 'playlists.sessions', lines })
})

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function call(server: UploadServer, method: 'PATCH' | 'DELETE', path: string, body?: unknown) {
  const response = await server.server.inject({
    method,
    url: `/v1/sessions/${path}`,
    headers: {
      authorization: `Bearer ${await server.token()}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  return { status: response.statusCode, body: response.json() }
}

const withStore = () => uploadServer({ store: store.connect('upload') })

describe('choosing for a session', () => {
  it.each([
    ['its key', key86],
    ['its id', '86'],
  ])('names it by %s', async (_name, path) => {
    const server = await withStore()
    const choices = { name: 'Harbour', visibility: 'public', contributeToCharts: false }
    const answer = await call(server, 'PATCH', path, { ...choices, unknownMember: 1 })
    expect(answer).toEqual({ status: 202, body: { key: key86 } })
    expect(appendedEvents(server.appended)).toEqual([
      {
        v: 1,
        trace: expect.stringMatching(/^[0-9a-f-]{36}$/),
        type: 'session-choices',
        owner,
        at: nowMs,
        ref: key86,
        choices,
      },
    ])
  })

  it('takes a name away with null', async () => {
    const server = await withStore()
    await call(server, 'PATCH', '86', { name: null })
    expect(appendedEvents(server.appended)).toMatchObject([{ choices: { name: null } }])
  })

  it('appends nothing where nothing is chosen', async () => {
    const server = await withStore()
    expect(await call(server, 'PATCH', '86', {})).toEqual({ status: 202, body: { key: key86 } })
    expect(server.appended).toEqual([])
  })

  it.each([
    ['another visibility', { visibility: 'friends' }, ['/visibility']],
    ['no visibility', { visibility: null }, ['/visibility']],
    ['a text for yes', { contributeToCharts: 'yes', name: 7 }, ['/name', '/contributeToCharts']],
    ['1,001 characters', { name: 'x'.repeat(1001) }, ['/name']],
    ['a NUL', { name: 'a\0' }, ['/name']],
    ['a list', [], ['']],
  ])('refuses what is no choice: %s', async (_name, body, paths) => {
    const server = await withStore()
    const answer = await call(server, 'PATCH', '86', body)
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid-choice'])
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual(paths)
    expect(server.appended).toEqual([])
  })
})

describe('deleting a session', () => {
  it('names it by key or id', async () => {
    const server = await withStore()
    expect(await call(server, 'DELETE', '86')).toEqual({ status: 202, body: { key: key86 } })
    expect(appendedEvents(server.appended)).toEqual([
      { v: 1, trace: expect.stringMatching(/^[0-9a-f-]{36}$/), type: 'session-delete', owner, at: nowMs, ref: key86 },
    ])
  })

  it.each([
    ['that never was', 'nothing'],
    ['that is deleted', 'gone'],
    ['of somebody else', 'ben'],
    ['whose id has every kind of character', 'a/b ü🎧%'],
    ['with the longest id there may be', '🎧'.repeat(1000)],
  ])('answers alike for a session %s, and leaves it to the order of the log', async (_name, id) => {
    const server = await withStore()
    expect(await call(server, 'DELETE', encodeURIComponent(id))).toEqual({ status: 202, body: {} })
    expect(appendedEvents(server.appended)).toMatchObject([{ type: 'session-delete', ref: id }])
  })

  it('refuses an id that two sessions have', async () => {
    const server = await withStore()
    expect(await call(server, 'DELETE', 'twice')).toMatchObject({ status: 409, body: { code: 'ambiguous-id' } })
    expect(server.appended).toEqual([])
  })

  it('does not count a deleted session for that', async () => {
    const server = await withStore()
    expect((await call(server, 'DELETE', 'once')).body.key).toBe(pseudonyms.sessionKey(owner, '8c1e', 'once'))
  })

  it.each([['%00'], ['x'.repeat(2001)]])('takes and drops what no session can be named: %s', async (path) => {
    const server = await withStore()
    expect(await call(server, 'DELETE', path)).toEqual({ status: 202, body: {} })
    expect(server.appended).toEqual([])
  })

  it('answers a problem where the path cannot be decoded', async () => {
    const server = await withStore()
    expect(await call(server, 'DELETE', '%E0%A4%A')).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
  })
})
