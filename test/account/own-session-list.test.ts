import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { OwnSessionList } from '#schemas/records/session.ts'
import { decodeSessionCursor, encodeSessionCursor } from '../../services/account/session-cursor.ts'
import { pseudonyms } from './open-account.ts'
import { OWNER, openSessions, whole } from './open-sessions.ts'
import { sessionRow } from './session-row.ts'

const { choose, get, insert, list, store } = openSessions()

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
    await insert('playlists.sessions', [sessionRow({ owner: OWNER, key, session, version: '30' })])
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
