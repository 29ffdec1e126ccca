import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { OwnSession, type Session } from '#schemas/records/session.ts'
import { pseudonyms } from './open-account.ts'
import { openSessions, whole } from './open-sessions.ts'

const { choose, contribute, get, keyOf, list, store } = openSessions()

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
