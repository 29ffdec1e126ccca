import { Compile } from 'typebox/compile'
import { beforeEach, describe, expect, it } from 'vitest'
import { Playlist } from '#schemas/records/chart.ts'
import type { Session } from '#schemas/records/session.ts'
import { sessionRow } from '../../account/session-row.ts'
import { openSite } from '../open-site.ts'

const site = openSite()
const get = (url: string, headers: Record<string, string> = {}) => site.server().inject({ url, headers })

const OWNER = 'owner-key-0000000000aa'
const KEY = 'session-key-00000000aa'
const PUBLIC_ID = 'public-id-0000000000aa'

const session: Session = {
  id: '86',
  historyId: 'SECRET-history',
  exportId: 'SECRET-export',
  software: { name: 'SECRET-software', version: '1' },
  system: { os: 'SECRET-os' },
  name: 'Friday at the harbour',
  startedAt: '2026-02-13T07:58:00.000Z',
  endedAt: '2026-02-13T12:10:00.000Z',
  visibility: 'public',
  tracks: [
    {
      id: 'SECRET-track',
      deck: 2,
      played: true,
      startedAt: '2026-02-13T08:02:10.000Z',
      playedSeconds: 291,
      tags: {
        title: 'T',
        artist: 'A',
        label: 'L',
        bpm: 124.02,
        key: '8A',
        remixer: 'R',
        album: 'SECRET-album',
        fileName: 'SECRET.mp3',
        genre: 'SECRET-genre',
        rating: 4,
      },
    },
    { id: '2', startedAt: '2026-02-13T08:07:10.500Z', tags: {} },
    { id: '3', played: false, startedAt: '2026-02-13T08:08:00.000Z', tags: { title: 'Only cued' } },
  ],
}
const stored = { owner: OWNER, key: KEY, session }
const store = (given: Parameters<typeof sessionRow>[0]) => site.insert('playlists.sessions', [sessionRow(given)])
const publish = (version: string, isDeleted = 0) =>
  site.insert('playlists.public_sessions', [
    { public_id: PUBLIC_ID, owner: OWNER, session_key: KEY, version, is_deleted: isDeleted },
  ])
const choose = (flag: string, value: unknown) =>
  site.insert('playlists.session_choices', [
    { owner: OWNER, session_key: KEY, flag, value: JSON.stringify(value), version: '20' },
  ])

beforeEach(async () => {
  await store(stored)
  await publish('10')
})

describe('GET /v1/playlists/{publicId}', () => {
  it('answers with what strangers may see, and nothing else', async () => {
    await site.insert('playlists.profile_members', [
      { owner: OWNER, member: 'displayName', value: '"DJ Tide"', version: '5' },
      { owner: OWNER, member: 'location.city', value: '"SECRET-city"', version: '5' },
    ])
    const answer = await get(`/v1/playlists/${PUBLIC_ID}`)
    expect(answer.json()).toEqual({
      displayName: 'DJ Tide',
      name: 'Friday at the harbour',
      startedAt: '2026-02-13T07:58:00.000Z',
      tracks: [
        {
          title: 'T',
          artist: 'A',
          label: 'L',
          bpm: 124.02,
          key: '8A',
          remixer: 'R',
          deck: 2,
          atSeconds: 250,
          playedSeconds: 291,
        },
        { atSeconds: 550.5 },
      ],
    })
    expect(Compile(Playlist).Check(answer.json())).toBe(true)
    expect(answer.body).not.toContain('SECRET')
  })

  it('shows musical keys in one notation, and what is none as it was typed', async () => {
    const keys = ['Am', '1m', 'A minor', 'a-moll', 'D#min', 'in the key of life']
    const tracks = keys.map((key, id) => ({ id: String(id), startedAt: session.startedAt, tags: { key } }))
    await store({ ...stored, version: '12', session: { ...session, tracks } })
    const shown = ['8A', '8A', '8A', '8A', '2A', 'in the key of life']
    const { tracks: answered } = (await get(`/v1/playlists/${PUBLIC_ID}`)).json<Playlist>()
    expect(answered.map(({ key }) => key)).toEqual(shown)
    const page = (await get(`/playlists/${PUBLIC_ID}`)).body
    for (const key of shown) expect(page).toContain(`<bdi>${key}</bdi>`)
    for (const key of keys.slice(0, -1)) expect(page).not.toContain(`<bdi>${key}</bdi>`)
  })

  it('shows the name that the DJ chose by hand', async () => {
    await choose('name', 'Renamed')
    expect((await get(`/v1/playlists/${PUBLIC_ID}`)).json()).toMatchObject({ name: 'Renamed', displayName: null })
  })

  it('is gone at once when the DJ makes it private', async () => {
    expect((await get(`/v1/playlists/${PUBLIC_ID}`)).statusCode).toBe(200)
    await publish('11', 1)
    expect((await get(`/v1/playlists/${PUBLIC_ID}`)).statusCode).toBe(404)
  })

  it.each([
    ['made private by hand, although the way to it is not closed yet', () => choose('visibility', 'private')],
    ['deleted, although the way to it is not closed yet', () => choose('deleted', true)],
    ['closed', () => publish('11', 1)],
    [
      'sent again without being public, although the way to it is not closed yet',
      () => store({ ...stored, version: '12', session: { ...session, visibility: 'private' } }),
    ],
  ])('answers for a session that is %s as for one that never was', async (_how, hide) => {
    const unknown = await get('/v1/playlists/public-id-00000000zzzz')
    await hide()
    const hidden = await get(`/v1/playlists/${PUBLIC_ID}`)
    expect(hidden.statusCode).toBe(404)
    expect(hidden.rawPayload.equals(unknown.rawPayload)).toBe(true)
    expect(Object.keys(hidden.headers)).toEqual(Object.keys(unknown.headers))
  })

  it('takes the same way through the code for a private session and for one that never was', async () => {
    await publish('11', 1)
    const before = site.statements.count
    await get(`/v1/playlists/${PUBLIC_ID}`)
    const hidden = site.statements.count - before
    await get('/v1/playlists/public-id-00000000zzzz')
    expect(site.statements.count - before - hidden).toBe(hidden)
  })

  it('is found neither by its session key nor by its owner', async () => {
    for (const id of [KEY, OWNER]) expect((await get(`/v1/playlists/${id}`)).statusCode).toBe(404)
  })

  it('may be kept by others for seconds only, and answers 304', async () => {
    const { headers } = await get(`/v1/playlists/${PUBLIC_ID}`)
    expect(headers['cache-control']).toBe('public, max-age=10, must-revalidate')
    const again = await get(`/v1/playlists/${PUBLIC_ID}`, { 'if-none-match': String(headers.etag) })
    expect(again.statusCode).toBe(304)
  })
})
