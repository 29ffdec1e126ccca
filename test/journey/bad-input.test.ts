import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OwnSession, OwnSessionSummary, UploadResult } from '#schemas/records/session.ts'
import type { ApiClient, ApiRequest } from '../support/api-client.ts'
import { sessionOf } from '../support/session-of.ts'
import { type RunningServer, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const MIB = 1024 * 1024
const json = { 'content-type': 'application/json' }
const ndjson = { 'content-type': 'application/x-ndjson' }
const gzip = { 'content-encoding': 'gzip' }
const tooLong = 'x'.repeat(1001)

let server: RunningServer
let dj: ApiClient

beforeAll(async () => {
  server = await startServer()
  dj = await server.api('ana')
})

/** A session whose first track has these members besides its own. */
function withFirstTrack(id: string, members: object): unknown {
  const { tracks, ...frame } = sessionOf(id)
  return { ...frame, tracks: [{ ...tracks[0], ...members }, ...tracks.slice(1)] }
}

function withFirstTags(id: string, tags: object): unknown {
  return withFirstTrack(id, { tags: { title: 'Low Tide', artist: 'Harbour Lights', ...tags } })
}

async function listSessions(client: ApiClient): Promise<OwnSessionSummary[]> {
  return (await client.get('/v1/me/sessions?limit=1000')).json<{ sessions: OwnSessionSummary[] }>().sessions
}

describe('a request that is refused whole', () => {
  const refused: readonly [string, number, string, () => ApiRequest][] = [
    ['JSON that ends early', 400, 'unreadable-body', () => ({ bytes: '{"id":"1","tracks":[', headers: json })],
    ['what is no JSON object', 400, 'unreadable-body', () => ({ bytes: '[]', headers: json })],
    ['gzip that is none', 400, 'unreadable-body', () => ({ bytes: '{}', headers: { ...json, ...gzip } })],
    ['sessions that are no list', 400, 'invalid-request', () => ({ json: { sessions: 'many' } })],
    ['33 MiB', 413, 'body-too-large', () => ({ bytes: new Uint8Array(33 * MIB).fill(0x20), headers: json })],
    [
      '33 MiB in gzip',
      413,
      'body-too-large',
      () => ({ bytes: new Uint8Array(gzipSync(Buffer.alloc(33 * MIB, 0x20))), headers: { ...json, ...gzip } }),
    ],
    [
      '1,001 sessions',
      413,
      'body-too-large',
      () => ({ ndjson: Array.from({ length: 1001 }, (_, index) => sessionOf(`many-${index}`)) }),
    ],
    ['XML', 415, 'unsupported-media-type', () => ({ bytes: '<a/>', headers: { 'content-type': 'text/xml' } })],
  ]

  it.each(refused)('says why and takes nothing: %s', async (_what, status, code, request) => {
    const stranger = await server.api('nothing-taken')
    const answer = await stranger.post('/v1/sessions', request())
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ type: `/problems/${code}`, status, code })
    // The connection and the process go on; what this account sends next is all that there is of it.
    const next = await stranger.post('/v1/sessions', { json: sessionOf('next') })
    expect(next.status).toBe(202)
    await waitFor('the session', async () => (await listSessions(stranger)).length > 0)
    expect((await listSessions(stranger)).map(({ id }) => id)).toEqual(['next'])
  })

  it('costs no memory to speak of as a gzip bomb of 1 GiB', async () => {
    // Members of gzip may follow one another (RFC 1952, 2.2), so one of them makes the whole.
    const part = gzipSync(Buffer.alloc(64 * MIB))
    const bomb = new Uint8Array(Buffer.concat(Array.from({ length: 16 }, () => part)))
    const before = await residentBytes()
    let largest = before
    const upload = dj.post('/v1/sessions', { bytes: bomb, headers: { ...ndjson, ...gzip } })
    let answered = false
    const watching = (async () => {
      while (!answered) largest = Math.max(largest, await residentBytes())
    })()
    expect((await upload).status).toBe(413)
    answered = true
    await watching
    expect(largest - before).toBeLessThan(200 * MIB)
  })

  async function residentBytes(): Promise<number> {
    const metrics = (await dj.get('/metrics')).text
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1])
  }
})

describe('one batch of good and bad sessions', () => {
  /** Each bad session with the code and the place that it is rejected for. */
  const rejected: readonly [unknown, string, string | undefined][] = [
    ['not a session', 'not-a-session', undefined],
    [{ startedAt: '2024-02-14T20:00:00Z', tracks: [] }, 'missing-member', '/id'],
    [{ id: 'no-start', tracks: [] }, 'missing-member', '/startedAt'],
    [{ id: 'no-tracks', startedAt: '2024-02-14T20:00:00Z' }, 'missing-member', '/tracks'],
    [{ ...sessionOf('a-number'), startedAt: 1_707_940_800 }, 'invalid-member', '/startedAt'],
    [{ ...sessionOf('no-offset'), startedAt: '2024-02-14T20:00:00' }, 'invalid-time', '/startedAt'],
    [{ ...sessionOf('31st-february'), startedAt: '2024-02-31T20:00:00Z' }, 'invalid-time', '/startedAt'],
    [{ ...sessionOf('far-away'), startedAt: '9999-01-01T00:00:00Z' }, 'time-out-of-range', '/startedAt'],
    [{ ...sessionOf('backwards'), endedAt: '2024-02-14T19:00:00Z' }, 'ends-before-start', '/endedAt'],
    [withFirstTrack('play-backwards', { endedAt: '2024-02-14T19:00:00Z' }), 'ends-before-start', '/tracks/0/endedAt'],
    [withFirstTrack('deck-below', { deck: -1 }), 'invalid-member', '/tracks/0/deck'],
    [withFirstTrack('deck-text', { deck: 'left' }), 'invalid-member', '/tracks/0/deck'],
    [withFirstTrack('id-number', { id: 7 }), 'invalid-member', '/tracks/0/id'],
    [{ ...sessionOf('nul'), name: 'a\0b' }, 'unusable-text', '/name'],
    [{ ...sessionOf('surrogate'), name: 'a\ud800b' }, 'unusable-text', '/name'],
    [{ ...sessionOf('long-name'), name: tooLong }, 'text-too-long', '/name'],
    [{ ...sessionOf('visible'), visibility: 'friends' }, 'invalid-member', '/visibility'],
    [
      { ...sessionOf('endless'), tracks: Array.from({ length: 5001 }, (_, index) => ({ id: String(index) })) },
      'too-many-tracks',
      '/tracks',
    ],
  ]

  /** Each odd session with the warnings that it is taken with. */
  const warned: readonly [unknown, string, [code: string, path: string][]][] = [
    [withFirstTags('bpm', { bpm: 9000 }), 'bpm', [['tag-out-of-bounds', '/tracks/0/tags/bpm']]],
    [withFirstTags('year', { year: 9999 }), 'year', [['tag-out-of-bounds', '/tracks/0/tags/year']]],
    [withFirstTags('type', { genre: ['House'] }), 'type', [['tag-wrong-type', '/tracks/0/tags/genre']]],
    [withFirstTags('long-tag', { album: tooLong }), 'long-tag', [['tag-too-long', '/tracks/0/tags/album']]],
    [withFirstTags('nul-tag', { album: 'a\0b' }), 'nul-tag', [['tag-unusable-text', '/tracks/0/tags/album']]],
    [withFirstTags('half', { album: '\udc00' }), 'half', [['tag-unusable-text', '/tracks/0/tags/album']]],
    [withFirstTrack('no-id3', { id3: '!!' }), 'no-id3', [['id3-unreadable', '/tracks/0/id3']]],
    [withFirstTrack('no-tags', { tags: 'none' }), 'no-tags', [['tags-not-an-object', '/tracks/0/tags']]],
  ]

  /** Taken without a word. */
  const odd: readonly [unknown, string][] = [
    [sessionOf('future', { startedAt: '2099-12-31T22:00:00Z' }), 'future'],
    [sessionOf('86', { historyId: 'computer-1', name: 'One' }), '86'],
    [sessionOf('86', { historyId: 'computer-2', name: 'Two' }), '86'],
    [{ ...sessionOf('unknown-members'), mood: 'good', comment: 'secret' }, 'unknown-members'],
    [
      {
        ...sessionOf('twins'),
        tracks: [
          { id: '1', tags: { title: 'First' } },
          { id: '1', tags: { title: 'Last' } },
        ],
      },
      'twins',
    ],
    [{ ...sessionOf('empty'), tracks: [] }, 'empty'],
  ]

  let lines: string[]
  let result: UploadResult
  const goodIds: string[] = []

  beforeAll(async () => {
    const sessions = [...rejected, ...warned, ...odd].flatMap(([session], index) => {
      const id = `good-${index}`
      goodIds.push(id)
      return [sessionOf(id), session]
    })
    lines = [...sessions.map((session) => JSON.stringify(session)), '{"id": "cut off', JSON.stringify(sessionOf('end'))]
    goodIds.push('end')
    const answer = await dj.post('/v1/sessions', { bytes: lines.join('\n'), headers: ndjson })
    expect(answer.status).toBe(202)
    result = answer.json<UploadResult>()
  })

  it('rejects each bad one with its line, its code and the place in it, and repeats no value', () => {
    const expected = [
      ...rejected.map(([, code, path], index) => ({
        index: 2 * index + 1,
        code,
        paths: path === undefined ? [] : [path],
      })),
      { index: lines.length - 2, code: 'unreadable-line', paths: [] },
    ]
    const told = result.rejected.map(({ index, code, errors = [] }) => ({
      index,
      code,
      paths: errors.map(({ path }) => path),
    }))
    expect(told).toEqual(expected)
    expect(JSON.stringify(result)).not.toMatch(/xxxx|friends|9999|a\\u0000b|secret/)
  })

  it('accepts all others, in their order, with a warning for each value that was left out', () => {
    const expected = [
      ...rejected.map((_, index) => ({ id: `good-${index}`, warnings: [] as string[][] })),
      ...warned.flatMap(([, id, warnings], index) => [
        { id: `good-${rejected.length + index}`, warnings: [] },
        { id, warnings },
      ]),
      ...odd.flatMap(([, id], index) => [
        { id: `good-${rejected.length + warned.length + index}`, warnings: [] },
        { id, warnings: [] },
      ]),
      { id: 'end', warnings: [] },
    ]
    const told = result.accepted.map(({ id, warnings = [] }) => ({
      id,
      warnings: warnings.map(({ code, path }) => [code, path]),
    }))
    expect(told).toEqual(expected)
  })

  it('keeps what it accepted and nothing else', async () => {
    const expected = result.accepted.map(({ key }) => key).sort()
    const kept = await waitFor('all accepted sessions', async () => {
      const sessions = await listSessions(dj)
      return sessions.length === expected.length && sessions
    })
    expect(kept.map(({ key }) => key).sort()).toEqual(expected)
    expect(kept.filter(({ id }) => id.startsWith('good-'))).toHaveLength(goodIds.length - 1)
    expect(kept.filter(({ id }) => id === '86').map(({ name }) => name)).toHaveLength(2)
    expect((await dj.get('/v1/me/sessions/86')).json()).toMatchObject({ status: 409, code: 'ambiguous-id' })

    const one = async (id: string) => (await dj.get(`/v1/me/sessions/${id}`)).json<OwnSession>()
    expect((await one('twins')).tracks.map(({ tags }) => tags)).toEqual([{ title: 'Last' }])
    expect((await one('bpm')).tracks[0]?.tags).toEqual({ title: 'Low Tide', artist: 'Harbour Lights' })
    expect(JSON.stringify(await one('unknown-members'))).not.toMatch(/mood|secret/)
    await dj.patch('/v1/me/profile', { choices: { charts: true } })
    expect((await one('future')).tracks.map(({ whyNot }) => whyNot)).toEqual(Array(3).fill('in-the-future'))
  })

  it('answers 422 with the same list where every session is bad', async () => {
    const sessions = rejected.map(([session]) => session)
    const answer = await dj.post('/v1/sessions', { json: { sessions } })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = answer.json<UploadResult>()
    expect(problem).toMatchObject({ code: 'nothing-accepted', accepted: [] })
    expect(problem.rejected.map(({ index, code }) => [index, code])).toEqual(
      rejected.map(([, code], index) => [index, code]),
    )
  })
})
