import { get, type IncomingMessage } from 'node:http'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createServer } from '#platform/http/server.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { AccountExport } from '#schemas/records/account-export.ts'
import type { OwnSession, SessionUpload } from '#schemas/records/session.ts'
import { createExportSender } from '../../../services/account/export/send-export.ts'
import type { ApiClient } from '../../support/api-client.ts'
import { sessionOf } from '../../support/session-of.ts'
import { waitFor } from '../../support/wait-for.ts'
import { openService, pseudonyms } from '../open-service.ts'
import { whole } from '../open-sessions.ts'

const service = openService()
const consent = { choices: { charts: true } }

async function upload(dj: ApiClient, sessions: readonly SessionUpload[]): Promise<void> {
  expect((await dj.post('/v1/sessions', { json: { sessions } })).status).toBe(202)
  await service.settled()
}

const exportOf = async (dj: ApiClient) => (await dj.get('/v1/me/export')).json<AccountExport>()

/** Without what belongs to the account and the time that it was received at. */
const contentOf = ({ sessions }: AccountExport) =>
  sessions
    .map(({ key: _key, publicId: _publicId, receivedAt: _receivedAt, ...session }: OwnSession) => session)
    .sort((a, b) => (a.id < b.id ? -1 : 1))

/** Calls what reads for the export, one after the other. */
function onReads(read: (count: number, store: StoreConnection) => void): () => number {
  let count = 0
  service.exports = (store) => ({
    ...store,
    client: store.client,
    insert: store.insert,
    run: store.run,
    rows: (sql, params) => {
      count += 1
      read(count, store)
      return store.rows(sql, params)
    },
  })
  return () => count
}

/** Many sessions of many tracks: more than one portion, and more than buffers of a connection hold. */
async function fill(account: string): Promise<ApiClient> {
  const dj = service.api(account)
  const text = 'x'.repeat(900)
  const sessions = Array.from({ length: 24 }, (_, index) => ({
    id: String(index),
    startedAt: '2026-02-13T20:00:00Z',
    tracks: Array.from({ length: 500 }, (_, track) => ({ id: String(track), tags: { title: text, album: text } })),
  }))
  await upload(dj, sessions.slice(0, 12))
  await upload(dj, sessions.slice(12))
  return dj
}

describe('an export', () => {
  it('is one JSON document to be kept as a file, and kept by nobody on the way', async () => {
    const answer = await service.api('eve').get('/v1/me/export')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.json"$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('has empty lists where there is nothing', async () => {
    expect(await exportOf(service.api('nobody'))).toEqual({
      exportedAt: '2026-02-18T12:00:00.000Z',
      profile: expect.objectContaining({ displayName: null }),
      choices: [],
      account: [],
      erasures: [],
      sessionChoices: [],
      charts: { contributor: null, takenPartIn: [], contributions: [] },
      sessions: [],
    })
  })

  it('holds every session of an account with many, and none of another', async () => {
    const dj = service.api('many')
    const ids = Array.from({ length: 1100 }, (_, index) => String(index))
    await upload(
      dj,
      ids.slice(0, 1000).map((id) => sessionOf(id)),
    )
    await upload(
      dj,
      ids.slice(1000).map((id) => sessionOf(id)),
    )
    await upload(service.api('other'), [sessionOf('of another')])
    const { sessions } = await exportOf(dj)
    expect(sessions.map(({ id }) => id).sort()).toEqual(ids.sort())
  })

  it('says of a deleted session only that it was deleted, and what was chosen for it', async () => {
    const dj = service.api('deleter')
    await upload(dj, [sessionOf('1', { name: 'Gone' })])
    const [session] = (await exportOf(dj)).sessions
    await dj.patch(`/v1/sessions/${session?.key}`, { visibility: 'private' })
    await dj.delete(`/v1/sessions/${session?.key}`)
    await service.settled()
    const after = await exportOf(dj)
    expect(after.sessions).toEqual([])
    expect(after.sessionChoices).toEqual([{ key: session?.key, deleted: true, chosen: { visibility: 'private' } }])
    expect(JSON.stringify(after)).not.toContain('Gone')
  })
})

describe('an export that is uploaded', () => {
  const byHand = { name: 'By hand', visibility: 'public', contributeToCharts: false }
  const sessions = [whole, { ...whole, id: '87', visibility: 'public' as const }, sessionOf('88')]

  it('gives another account the same sessions', async () => {
    const [dj, fresh] = [service.api('giver'), service.api('taker')]
    for (const account of [dj, fresh]) await account.patch('/v1/me/profile', consent)
    await upload(dj, sessions)
    const before = await exportOf(dj)
    await dj.patch(`/v1/sessions/${before.sessions.find(({ id }) => id === '86')?.key}`, byHand)
    await service.settled()
    const document = await exportOf(dj)
    const answer = await fresh.post('/v1/sessions', { json: document })
    expect({ status: answer.status, ...answer.json() }).toMatchObject({ status: 202, rejected: [] })
    expect(answer.text).not.toContain('warnings')
    await service.settled()
    expect(contentOf(document)).toHaveLength(3)
    expect(contentOf(await exportOf(fresh))).toEqual(contentOf(document))
  })

  it('changes nothing in its own account but the time of receipt', async () => {
    const dj = service.api('keeper')
    await dj.patch('/v1/me/profile', consent)
    await upload(dj, sessions)
    const [first, second] = (await exportOf(dj)).sessions
    await dj.patch(`/v1/sessions/${first?.key}`, byHand)
    await dj.delete(`/v1/sessions/${second?.key}`)
    await service.settled()
    const document = await exportOf(dj)
    expect(document.sessions).toHaveLength(2)
    service.clock.nowMs += 60_000
    await upload(dj, document.sessions)
    const again = await exportOf(dj)
    const withoutTimes = ({ sessions: own, exportedAt: _, ...rest }: AccountExport) => ({
      ...rest,
      sessionChoices: rest.sessionChoices.map(({ uploaded: _said, ...choice }) => choice),
      sessions: own.map(({ receivedAt: _at, ...session }) => session),
    })
    expect(withoutTimes(again)).toEqual(withoutTimes(document))
    expect(again.sessions[0]?.receivedAt).not.toBe(document.sessions[0]?.receivedAt)
  })
})

describe('the transfer', () => {
  it('breaks where the store fails in the middle, so that nobody takes a part for the whole', async () => {
    const dj = await fill('unlucky')
    const reads = onReads((count) => {
      if (count > 20) throw new TonearmError('store-unavailable', 'away in the test')
    })
    await expect(dj.get('/v1/me/export')).rejects.toThrow()
    expect(reads()).toBe(21)
    expect(service.logged()).toContain('an export broke off')
    service.exports = (store) => store
    expect((await exportOf(dj)).sessions).toHaveLength(24)
  })

  it('is a problem where the store is away from the start', async () => {
    onReads(() => {
      throw new TonearmError('store-unavailable', 'away in the test')
    })
    const answer = await service.api('eve').get('/v1/me/export')
    expect({ status: answer.status, code: answer.json()['code'] }).toEqual({ status: 503, code: 'store-unavailable' })
    expect(answer.headers.has('content-disposition')).toBe(false)
    service.exports = (store) => store
  })

  it('reads no further than a client takes, one export of an account at a time, and ends with the client', async () => {
    const dj = await fill('slow')
    const reads = onReads(() => undefined)
    expect((await exportOf(dj)).sessions).toHaveLength(24)
    const readsOfAll = reads()
    const readsOfNone = onReads(() => undefined)

    // It reads the head of the answer and nothing of its body.
    const request = get(new URL('/v1/me/export', service.address()), {
      headers: { authorization: `Bearer ${dj.token}` },
    })
    await new Promise((resolve) => request.once('response', resolve))
    let before = -1
    await waitFor('the export to stand still', async () => {
      await new Promise((resolve) => setImmediate(resolve))
      const isStill = before === readsOfNone() && before > 0
      before = readsOfNone()
      return isStill
    })
    const second = await dj.get('/v1/me/export')
    expect({ status: second.status, code: second.json()['code'] }).toEqual({ status: 429, code: 'too-many-requests' })
    expect(second.headers.has('retry-after')).toBe(true)
    expect(readsOfNone()).toBeLessThan(readsOfAll)

    // The client goes away.
    request.destroy()
    service.exports = (store) => store
    const third = await waitFor('another export', async () => {
      const answer = await dj.get('/v1/me/export')
      return answer.status === 200 && answer
    })
    expect(third.json<AccountExport>().sessions).toHaveLength(24)
    expect(readsOfNone()).toBeLessThan(readsOfAll)
  })

  it('ends where a client takes nothing for too long', async () => {
    const dj = await fill('asleep')
    const server = createServer({ logger: pino({ level: 'silent' }) })
    const clock = () => service.clock.nowMs
    const send = createExportSender({ store: service.store(), pseudonyms, clock, stalledMsMax: 200 })
    const givenUp = new Promise((resolve) => {
      server.get('/', (_request, reply) => {
        reply.raw.once('close', resolve)
        return send(reply, pseudonyms.owner('asleep'))
      })
    })
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      server.listen({ host: '127.0.0.1', port: 0 }).then((address) => get(address, resolve), reject)
    })
    const ended = new Promise((resolve) => response.once('error', resolve))
    await givenUp
    response.resume()
    expect(await ended).toMatchObject({ code: 'ECONNRESET' })
    await server.close()
    expect((await exportOf(dj)).sessions).toHaveLength(24)
  })

  it('waits its turn where as many are under way as fit into memory', async () => {
    const server = createServer({ logger: pino({ level: 'silent' }) })
    const clock = () => service.clock.nowMs
    const send = createExportSender({ store: service.store(), pseudonyms, clock, exportsMax: 0 })
    server.get('/', (_request, reply) => send(reply, pseudonyms.owner('eve')))
    const answer = await server.inject('/')
    expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status: 503, code: 'overloaded' })
    expect(answer.headers).toMatchObject({ 'retry-after': expect.any(String) })
    expect((await server.inject({ method: 'HEAD', url: '/' })).statusCode).toBe(200)
    await server.close()
  })
})
