import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { OwnSession, OwnSessionList, type OwnSessionSummary, type Session } from '#schemas/records/session.ts'
import { decodeSessionCursor, encodeSessionCursor } from '../../services/account/session-cursor.ts'
import { openAccount, pseudonyms } from './open-account.ts'
import { sessionRow } from './session-row.ts'

const account = openAccount()
const OWNER = pseudonyms.owner('dj')
const keyOf = (id: string, historyId?: string, owner = OWNER) => pseudonyms.sessionKey(owner, historyId, id)

const get = (path: string, token = 'dj') =>
  account.server().inject({ url: path, headers: { authorization: `Bearer ${token}` } })
const list = async (query = '') =>
  (await get(`/v1/me/sessions${query}`)).json<{
    sessions: OwnSessionSummary[]
    next?: string
  }>()

async function store(session: Partial<Session> & { id: string }, owner = OWNER): Promise<string> {
  const key = keyOf(session.id, session.historyId, owner)
  const whole = { startedAt: '2026-02-13T07:58:00.000Z', tracks: [], ...session }
  await account.insert('playlists.sessions', [sessionRow({ owner, key, session: whole })])
  return key
}
const choose = (key: string, flag: string, value: unknown, version = '20') =>
  account.insert('playlists.session_choices', [
    { owner: OWNER, session_key: key, flag, value: value === null ? null : JSON.stringify(value), version },
  ])
const contribute = () =>
  account.insert('playlists.profile_members', [{ owner: OWNER, member: 'choices.charts', value: 'true', version: '5' }])

const whole: Session = {
  id: '86',
  historyId: '8c1e',
  exportId: '12',
  software: { name: 'Serato DJ Pro', version: '3.2.1' },
  system: { os: 'macOS 14.5', processor: 'Apple M2', computerType: 'MacBookPro18,3' },
  name: 'Friday at the harbour',
  startedAt: '2026-02-13T07:58:00.000Z',
  endedAt: '2026-02-13T12:10:00.250Z',
  editedAt: '2026-02-13T20:00:00.000Z',
  visibility: 'private',
  contributeToCharts: true,
  tracks: [
    {
      id: '1',
      deck: 2,
      played: true,
      startedAt: '2026-02-13T08:02:10.125Z',
      endedAt: '2026-02-13T08:07:01.000Z',
      playedSeconds: 291,
      playedPercent: 87.5,
      editedAt: '2026-02-13T20:00:00.000Z',
      tags: {
        title: 'Title',
        artist: 'Artist',
        album: 'Album',
        genre: 'House',
        label: 'Label',
        bpm: 124.02,
        key: '8A',
        remixer: 'Remixer',
        composer: 'Composer',
        year: 2024,
        rating: 4,
        trackNumber: 3,
        bitRate: 320,
        sampleRate: 44_100,
        fileName: 'a.mp3',
        fileSize: 11_730_944,
        lengthSeconds: 333,
      },
    },
  ],
}

describe('GET /v1/me/sessions/{key}', () => {
  it('shows the session as it was uploaded, with its key, its receipt and what became of each play', async () => {
    await contribute()
    const key = await store(whole)
    const answer = await get(`/v1/me/sessions/${key}`)
    expect(answer.json()).toEqual({
      ...whole,
      key,
      receivedAt: '2026-02-14T00:00:00.000Z',
      tracks: [{ ...whole.tracks[0], trackId: expect.stringMatching(/^[0-9a-f]{16}$/), counted: true }],
    })
    expect(Compile(OwnSession).Check(answer.json())).toBe(true)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('leaves out what was not given', async () => {
    const key = await store({ id: '1', tracks: [{ id: '1', startedAt: '2026-02-13T08:00:00.000Z', tags: {} }] })
    expect((await get(`/v1/me/sessions/${key}`)).json()).toEqual({
      key,
      id: '1',
      startedAt: '2026-02-13T07:58:00.000Z',
      visibility: 'private',
      contributeToCharts: true,
      receivedAt: '2026-02-14T00:00:00.000Z',
      tracks: [{ id: '1', startedAt: '2026-02-13T08:00:00.000Z', tags: {}, counted: false, whyNot: 'not-contributed' }],
    })
  })

  it('says for each play whether it counts, and why not', async () => {
    await contribute()
    const play = (id: string, rest: Partial<Session['tracks'][number]>) => ({
      id,
      startedAt: `2026-02-13T08:0${id}:00.000Z`,
      tags: { artist: `Artist ${id}`, title: 'Title' },
      ...rest,
    })
    const key = await store({
      id: '1',
      tracks: [
        play('1', {}),
        play('2', { played: false }),
        play('3', { playedSeconds: 29 }),
        play('4', { tags: { artist: 'Artist' } }),
        play('5', { tags: { artist: 'artist 1', title: 'TITLE' } }),
        play('6', { startedAt: '2026-02-14T00:10:00.001Z' }),
      ],
    })
    const { tracks } = (await get(`/v1/me/sessions/${key}`)).json<OwnSession>()
    expect(tracks.map(({ counted, whyNot }) => [counted, whyNot])).toEqual([
      [true, undefined],
      [false, 'not-played'],
      [false, 'too-short'],
      [false, 'no-artist-or-title'],
      [false, 'repeated-in-session'],
      [false, 'in-the-future'],
    ])
  })

  it('says that a session the DJ left out is left out, although the account contributes', async () => {
    await contribute()
    const tracks = [{ id: '1', startedAt: '2026-02-13T08:00:00.000Z', tags: { artist: 'A', title: 'T' } }]
    const key = await store({ id: '1', tracks })
    await choose(key, 'contribute', false)
    expect((await get(`/v1/me/sessions/${key}`)).json()).toMatchObject({
      contributeToCharts: false,
      tracks: [{ counted: false, whyNot: 'session-left-out' }],
    })
  })

  it('shows what the DJ chose by hand over what was uploaded', async () => {
    const key = await store({ id: '1', name: 'Old', visibility: 'private' })
    await choose(key, 'name', 'New')
    await choose(key, 'visibility', 'public')
    const expected = { name: 'New', visibility: 'public', publicId: pseudonyms.publicId(key) }
    expect((await get(`/v1/me/sessions/${key}`)).json()).toMatchObject(expected)
    expect((await list()).sessions).toMatchObject([expected])
  })

  it('has no name where the DJ took it away, and no public id while private', async () => {
    const key = await store({ id: '1', name: 'Old', visibility: 'public' })
    await choose(key, 'name', '')
    await choose(key, 'visibility', 'private')
    const session = (await get(`/v1/me/sessions/${key}`)).json()
    expect(session).not.toHaveProperty('name')
    expect(session).not.toHaveProperty('publicId')
  })

  it('is found by its id where that is unique', async () => {
    const key = await store({ id: '86' })
    expect((await get('/v1/me/sessions/86')).json()).toMatchObject({ key })
  })

  it('asks for the key where two computers gave the same id', async () => {
    const key = await store({ id: '86', historyId: 'one' })
    await store({ id: '86', historyId: 'two' })
    const answer = await get('/v1/me/sessions/86')
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'ambiguous-id'])
    expect((await get(`/v1/me/sessions/${key}`)).json()).toMatchObject({ historyId: 'one' })
  })

  it.each(['a\\b', "it's", '100%', 'tab\there', 'line\nend', 'Ünï', '{owner:String}', '\\N', '\u0000'])(
    'is found by the id %j',
    async (id) => {
      const key = await store({ id })
      expect((await get(`/v1/me/sessions/${encodeURIComponent(id)}`)).json()).toMatchObject({ key, id })
    },
  )

  it('takes a key for a key, although another session has it as its id', async () => {
    const key = await store({ id: '86' })
    await store({ id: key })
    expect((await get(`/v1/me/sessions/${key}`)).json()).toMatchObject({ id: '86' })
  })

  it('answers alike for an unknown session, a deleted one and one of somebody else', async () => {
    const unknown = await get(`/v1/me/sessions/${keyOf('none')}`)
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'not-found'])
    const other = await store({ id: '1' }, pseudonyms.owner('other'))
    const deleted = await store({ id: '2' })
    await choose(deleted, 'deleted', true)
    for (const ref of [other, '1', deleted, '2', "' OR 1=1 --", '%00']) {
      const answer = await get(`/v1/me/sessions/${encodeURIComponent(ref)}`)
      expect(answer.rawPayload.equals(unknown.rawPayload)).toBe(true)
    }
  })

  it.each(['/v1/me/sessions', '/v1/me/sessions/86'])('%s needs a token of a DJ', async (path) => {
    expect((await get(path, 'expired')).statusCode).toBe(401)
    expect((await get(path, 'analyst')).statusCode).toBe(403)
  })
})

describe('GET /v1/me/sessions', () => {
  const startOf = (minute: number) => new Date(Date.parse('2026-02-13T00:00:00Z') + minute * 60_000).toISOString()
  const pages = async (limit: number, between: () => Promise<unknown> = async () => undefined) => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await list(`?limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`)
      ids.push(...page.sessions.map(({ id }) => id))
      cursor = page.next
      await between()
    } while (cursor !== undefined)
    return ids
  }

  it('lists sessions without tracks but with their number', async () => {
    const key = await store(whole)
    const answer = await get('/v1/me/sessions')
    const { tracks: _, ...frame } = whole
    expect(answer.json()).toEqual({
      sessions: [{ ...frame, key, receivedAt: '2026-02-14T00:00:00.000Z', trackCount: 1 }],
    })
    expect(Compile(OwnSessionList).Check(answer.json())).toBe(true)
  })

  it('is empty for an account without sessions', async () => {
    await store({ id: '1' }, pseudonyms.owner('other'))
    expect(await list()).toEqual({ sessions: [] })
  })

  it('begins with the newest start', async () => {
    for (const minute of [2, 1, 3]) await store({ id: String(minute), startedAt: startOf(minute) })
    expect((await list()).sessions.map(({ id }) => id)).toEqual(['3', '2', '1'])
  })

  it('shows a session once, in its newest form', async () => {
    const key = await store({ id: '1', name: 'Old' })
    const session = { id: '1', name: 'New', startedAt: startOf(1), tracks: [] }
    await account.insert('playlists.sessions', [sessionRow({ owner: OWNER, key, session, version: '30' })])
    expect((await list()).sessions).toMatchObject([{ name: 'New', startedAt: startOf(1) }])
  })

  it('gives every session once over its pages, also where starts are equal', async () => {
    for (let id = 0; id < 7; id += 1) await store({ id: String(id), startedAt: startOf(id % 2) })
    const ids = await pages(3)
    expect([...ids].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6'])
    expect(ids.slice(0, 3).sort()).toEqual(['1', '3', '5'])
  })

  it('is not shifted by sessions that come in between pages', async () => {
    for (let id = 0; id < 5; id += 1) await store({ id: String(id), startedAt: startOf(id) })
    let more = 100
    const ids = await pages(2, () => store({ id: `new-${more++}`, startedAt: startOf(more) }))
    expect(ids).toEqual(['4', '3', '2', '1', '0'])
  })

  it('does not end early because of deleted sessions', async () => {
    for (let id = 0; id < 6; id += 1) {
      const key = await store({ id: String(id), startedAt: startOf(id) })
      if (id % 2 === 1) await choose(key, 'deleted', true)
    }
    expect(await pages(2)).toEqual(['4', '2', '0'])
  })

  it('shows a session again that was deleted and sent again to be there', async () => {
    const key = await store({ id: '1' })
    await choose(key, 'deleted', true, '20')
    expect((await list()).sessions).toEqual([])
    await choose(key, 'deleted', false, '30')
    expect((await list()).sessions).toHaveLength(1)
  })

  it.each([8.64e15, -8.64e15, 0])('answers a cursor of the time %d', async (startedAtMs) => {
    await store({ id: '1' })
    const answer = await get(`/v1/me/sessions?cursor=${encodeSessionCursor({ startedAtMs, key: "\\'\n" })}`)
    expect([answer.statusCode, answer.json().sessions.length]).toEqual([200, startedAtMs > 0 ? 1 : 0])
  })

  it('has no next where the last page is full', async () => {
    for (const id of ['1', '2']) await store({ id })
    expect(await list('?limit=2')).not.toHaveProperty('next')
  })

  it.each(['limit=0', 'limit=1001', 'limit=x', 'cursor=nonsense', 'cursor=W10', 'cursor=WzFlOTksIngiXQ'])(
    'refuses %s and names it',
    async (query) => {
      const answer = await get(`/v1/me/sessions?${query}`)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ path: `/${query.split('=')[0]}` }] })
    },
  )
})

describe('a cursor', () => {
  it('reads back as the place that it was made of', () => {
    const places = fc.record({ startedAtMs: fc.integer({ min: -8.64e15, max: 8.64e15 }), key: fc.string() })
    fc.assert(
      fc.property(places, (place) => {
        expect(decodeSessionCursor(encodeSessionCursor(place))).toEqual(place)
      }),
    )
  })

  it('of any other making is refused without an error', () => {
    const mades = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    )
    fc.assert(
      fc.property(mades, (text) => {
        const place = decodeSessionCursor(text)
        return place === undefined || (Number.isSafeInteger(place.startedAtMs) && typeof place.key === 'string')
      }),
    )
  })
})
