import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { appendedSessions, goodSession, uploadServer, withTrack } from './upload-server.ts'

const MIB = 1024 * 1024
const long = 'x'.repeat(1001)
const ndjson = { 'content-type': 'application/x-ndjson' }

describe('a body that cannot be read', () => {
  it.each([
    ['JSON that ends early', '{"id":', {}, 400, 'unreadable-body'],
    ['a JSON text', '"a session"', {}, 400, 'unreadable-body'],
    ['a JSON list', '[]', {}, 400, 'unreadable-body'],
    ['sessions that are no list', '{"sessions":{}}', {}, 400, 'invalid-request'],
    ['no body', '', {}, 400, 'unreadable-body'],
    ['bytes that are no UTF-8', Buffer.from('{"id":"\xff"}', 'latin1'), {}, 400, 'unreadable-body'],
    ['gzip that is none', 'not gzip', { 'content-encoding': 'gzip' }, 400, 'unreadable-body'],
    [
      'gzip that ends early',
      gzipSync('{"id":"1"}').subarray(0, 20),
      { 'content-encoding': 'gzip' },
      400,
      'unreadable-body',
    ],
    ['another coding', '{}', { 'content-encoding': 'br' }, 415, 'unsupported-media-type'],
    ['another media type', '<a/>', { 'content-type': 'text/xml' }, 415, 'unsupported-media-type'],
  ])('is refused: %s', async (_name, body, headers, status, code) => {
    const { post, appendCalls } = await uploadServer()
    const answer = await post(body, headers)
    expect([answer.status, answer.body.code, appendCalls()]).toEqual([status, code, 0])
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
})

describe('a body that is too large', () => {
  it('is refused at 33 MiB, whether it says so or not, and the connection goes on', async () => {
    const { server, token, appendCalls } = await uploadServer()
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo // a TCP server's address
    const url = `http://127.0.0.1:${port}/v1/sessions`
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' }
    const body = Buffer.alloc(33 * MIB, 0x20)
    const told = await fetch(url, { method: 'POST', headers, body })
    expect(told.status).toBe(413)
    const chunks = () => Readable.from(Array.from({ length: 33 }, () => Buffer.alloc(MIB, 0x20)))
    expect(await postStream(url, headers, chunks())).toBe(413)
    expect(appendCalls()).toBe(0)
    expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(goodSession()) })).status).toBe(202)
  })

  it('is refused as a gzip bomb without being held', async () => {
    const { server, token, appendCalls } = await uploadServer()
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo // a TCP server's address
    const headers = {
      authorization: `Bearer ${await token()}`,
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    }
    const zeros = Buffer.alloc(MIB)
    const bomb = Readable.from(Array.from({ length: 512 }, () => zeros)).pipe(createGzip({ level: 9 }))
    const before = process.memoryUsage().arrayBuffers
    expect(await postStream(`http://127.0.0.1:${port}/v1/sessions`, headers, bomb)).toBe(413)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * MIB)
    expect(appendCalls()).toBe(0)
  })

  it.each([
    ['list', (sessions: object[]) => JSON.stringify({ sessions }), {}],
    ['NDJSON', (sessions: object[]) => sessions.map((session) => JSON.stringify(session)).join('\n'), ndjson],
  ])('is refused as a whole at 1,001 sessions: %s', async (_name, encode, headers) => {
    const { post, appended } = await uploadServer()
    const sessions = Array.from({ length: 1001 }, (_, index) => goodSession({ id: String(index) }))
    expect(await post(encode(sessions), headers)).toMatchObject({ status: 413, body: { code: 'body-too-large' } })
    expect(appended).toHaveLength(0)
    expect((await post(encode(sessions.slice(1)), headers)).status).toBe(202)
    expect(appended).toHaveLength(1000)
  })
})

describe('a session whose frame is wrong', () => {
  it.each([
    ['no object', 7, 'not-a-session', undefined],
    ['no id', goodSession({ id: undefined }), 'missing-member', '/id'],
    ['an empty id', goodSession({ id: '' }), 'invalid-member', '/id'],
    ['a number as id', goodSession({ id: 86 }), 'invalid-member', '/id'],
    ['no start', goodSession({ startedAt: null }), 'missing-member', '/startedAt'],
    ['a start without offset', goodSession({ startedAt: '2026-02-13T20:58:00' }), 'invalid-time', '/startedAt'],
    ['30 February', goodSession({ startedAt: '2026-02-30T20:58:00Z' }), 'invalid-time', '/startedAt'],
    ['a start in 1969', goodSession({ startedAt: '1970-01-01T00:00:00+01:00' }), 'time-out-of-range', '/startedAt'],
    ['an end in 2100', goodSession({ endedAt: '2100-01-01T00:00:00Z' }), 'time-out-of-range', '/endedAt'],
    ['an end before the start', goodSession({ endedAt: '2026-02-13T20:57:59+13:00' }), 'ends-before-start', '/endedAt'],
    ['no tracks', goodSession({ tracks: undefined }), 'missing-member', '/tracks'],
    ['tracks that are no list', goodSession({ tracks: {} }), 'invalid-member', '/tracks'],
    ['a track that is no object', goodSession({ tracks: [null] }), 'invalid-member', '/tracks/0'],
    ['a track without id', goodSession({ tracks: [{}] }), 'missing-member', '/tracks/0/id'],
    ['a deck of -1', withTrack({ deck: -1 }), 'invalid-member', '/tracks/0/deck'],
    ['half a deck', withTrack({ deck: 1.5 }), 'invalid-member', '/tracks/0/deck'],
    [
      'a track that ends before it starts',
      withTrack({ startedAt: '2026-02-13T21:00:00Z', endedAt: '2026-02-13T20:00:00Z' }),
      'ends-before-start',
      '/tracks/0/endedAt',
    ],
    [
      'a track that ends before its session starts',
      withTrack({ endedAt: '2026-02-12T20:00:00Z' }),
      'ends-before-start',
      '/tracks/0/endedAt',
    ],
    ['seconds below 0', withTrack({ playedSeconds: -1 }), 'invalid-member', '/tracks/0/playedSeconds'],
    ['played as a text', withTrack({ played: 'yes' }), 'invalid-member', '/tracks/0/played'],
    ['another visibility', goodSession({ visibility: 'friends' }), 'invalid-member', '/visibility'],
    ['a software that is a text', goodSession({ software: 'Serato' }), 'invalid-member', '/software'],
    ['1,001 characters', goodSession({ name: long }), 'text-too-long', '/name'],
    ['1,001 characters of software', goodSession({ software: { name: long } }), 'text-too-long', '/software/name'],
    ['a NUL', goodSession({ name: 'a\0b' }), 'unusable-text', '/name'],
    ['a lone surrogate', goodSession({ id: '\uD800' }), 'unusable-text', '/id'],
    ['a NUL in a track id', goodSession({ tracks: [{ id: '\0' }] }), 'unusable-text', '/tracks/0/id'],
    [
      '5,001 tracks',
      goodSession({ tracks: Array.from({ length: 5001 }, (_, id) => ({ id: String(id) })) }),
      'too-many-tracks',
      '/tracks',
    ],
  ])('is rejected with its place, and leaves the rest whole: %s', async (_name, session, code, path) => {
    const { post, appended } = await uploadServer()
    const { status, body } = await post({ sessions: [goodSession({ id: 'a' }), session, goodSession({ id: 'z' })] })
    expect(status).toBe(202)
    expect(body.rejected).toMatchObject([{ index: 1, code }])
    expect(body.rejected[0].errors?.[0]?.path).toBe(path)
    expect(appendedSessions(appended).map(({ id }) => id)).toEqual(['a', 'z'])
  })

  it('is told everything at once, without its values', async () => {
    const { post } = await uploadServer()
    const { body } = await post({ ...withTrack({ deck: -77 }), visibility: 'secret-value', name: long })
    expect(body.rejected[0]).toMatchObject({ index: 0, id: '86' })
    expect(body.rejected[0].errors).toEqual([
      { path: '/name', message: 'must be a text of 0 to 1,000 characters' },
      { path: '/visibility', message: 'must be one of private, public' },
      { path: '/tracks/0/deck', message: 'must be an integer from 0 to 64' },
    ])
    expect(JSON.stringify(body)).not.toMatch(/secret-value|-77/)
  })

  it('is told of at most 100 errors', async () => {
    const { post } = await uploadServer()
    const { body } = await post(goodSession({ tracks: Array.from({ length: 500 }, () => ({ deck: -1 })) }))
    expect(body.rejected[0].errors).toHaveLength(100)
  })
})

describe('a tag that makes no sense', () => {
  it.each([
    ['a BPM of 9,000', { bpm: 9000 }, 'tag-out-of-bounds', 'bpm'],
    ['a year of 9999', { year: 9999 }, 'tag-out-of-bounds', 'year'],
    ['half a year', { year: 2024.5 }, 'tag-out-of-bounds', 'year'],
    ['a BPM in words', { bpm: 'fast' }, 'tag-wrong-type', 'bpm'],
    ['a BPM of 9,000 as a text', { bpm: '9000' }, 'tag-out-of-bounds', 'bpm'],
    ['a year in words', { year: 'long ago' }, 'tag-wrong-type', 'year'],
    ['two years', { year: '2009-2010' }, 'tag-wrong-type', 'year'],
    ['a rating of 255', { rating: 255 }, 'tag-out-of-bounds', 'rating'],
    ['a title that is a number', { title: 808 }, 'tag-wrong-type', 'title'],
    ['1,001 characters', { genre: long }, 'tag-too-long', 'genre'],
    ['a NUL', { artist: 'a\0' }, 'tag-unusable-text', 'artist'],
    ['a lone surrogate', { artist: 'a\uDFFF' }, 'tag-unusable-text', 'artist'],
  ])('is left out with a warning: %s', async (_name, tags, code, name) => {
    const { post, appended } = await uploadServer()
    const { status, body } = await post(withTrack({ tags: { label: 'Rotation', ...tags } }))
    expect(status).toBe(202)
    expect(body.accepted[0].warnings).toMatchObject([{ code, path: `/tracks/0/tags/${name}` }])
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({ label: 'Rotation' })
  })

  it('does not cost the others when tags are no object', async () => {
    const { post, appended } = await uploadServer()
    const { body } = await post(withTrack({ tags: 'none' }))
    expect(body.accepted[0].warnings).toMatchObject([{ code: 'tags-not-an-object', path: '/tracks/0/tags' }])
    expect(appendedSessions(appended)[0]?.tracks[0]?.tags).toEqual({})
  })

  it('is listed at most 100 times, and then said to go on', async () => {
    const { post } = await uploadServer()
    const { body } = await post(
      goodSession({ tracks: Array.from({ length: 150 }, (_, id) => ({ id: String(id), tags: { bpm: 0 } })) }),
    )
    expect(body.accepted[0].warnings).toHaveLength(101)
    expect(body.accepted[0].warnings.at(-1).code).toBe('more-warnings')
  })
})

describe('what looks odd and is fine', () => {
  it.each([
    ['a time in the future', goodSession({ startedAt: '2099-12-31T23:59:59Z' })],
    ['exactly 1,000 characters, of two code units each', goodSession({ name: '🎧'.repeat(1000) })],
    [
      'a surrogate pair written as an escape',
      JSON.stringify(goodSession({ name: 'PAIR' })).replace('PAIR', '\\ud83c\\udfa7'),
    ],
    [
      'null for what is not there',
      goodSession({
        endedAt: null,
        software: null,
        name: null,
        tracks: [{ id: '1', deck: null, tags: null, id3: null }],
      }),
    ],
    ['a session without a track', goodSession({ tracks: [] })],
    ['a leap second', goodSession({ startedAt: '2016-12-31T23:59:60Z' })],
    ['small letters in a time', goodSession({ startedAt: '2016-12-31t23:59:59.123456z' })],
    ['members nobody knows', goodSession({ __proto__: { id: 'x' }, constructor: 1, comment: 'x' })],
  ])('%s', async (_name, session) => {
    const { post, appended } = await uploadServer()
    const { status, body } = await post(session)
    expect([status, body.accepted?.[0]?.warnings, appended.length]).toEqual([202, undefined, 1])
  })
})

/** Sends a stream in chunks, without a length; resolves with the status. */
function postStream(url: string, headers: Record<string, string>, body: NodeJS.ReadableStream): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    outgoing.once('error', reject)
    body.pipe(outgoing)
  })
}
