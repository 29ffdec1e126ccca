import { describe, expect, it } from 'vitest'
import { textsOf } from '#platform/pages/texts/texts.ts'
import { OwnSession, type OwnSession as Session, type SessionUpload } from '#schemas/records/session.ts'
import { OwnTrackPlay, Tags, WhyNot } from '#schemas/records/track-play.ts'
import { sessionOf } from '../../support/session-of.ts'
import { openService } from '../open-service.ts'

const service = openService()
let accounts = 0

/** An account of its own with these sessions, signed in. */
async function djWith(...sessions: readonly SessionUpload[]) {
  accounts += 1
  const account = `dj-${accounts}`
  const api = service.api(account)
  const answer = await api.post('/v1/sessions', { json: { sessions } })
  const keys = answer.json<{ accepted: { key: string }[] }>().accepted.map(({ key }) => key)
  await service.settled()
  return { api, keys, key: keys[0] ?? '', visitor: await service.visitor(account) }
}

const tracksOf = (tags: Readonly<Record<string, string>>) => [{ id: '1', playedSeconds: 200, tags }]

describe('the list of sessions', () => {
  it('says how to begin where there are none', async () => {
    const { visitor } = await djWith()
    expect((await visitor.get('/me/sessions')).text).toContain('There are no sessions yet')
    expect((await visitor.get('/de/me/sessions')).text).toContain('Es gibt noch keine Sets')
  })

  it('finds by the name that holds, by artist and by title, in whichever case', async () => {
    const { visitor, api, keys } = await djWith(
      sessionOf('1', { name: 'Harbour Night' }),
      sessionOf('2', { name: 'Quiet', tracks: tracksOf({ artist: 'ÉMILE Wren', title: 'Ostinato' }) }),
      sessionOf('3', { name: 'Old name', tracks: tracksOf({ artist: 'x', title: 'y' }) }),
    )
    await api.patch(`/v1/sessions/${keys[2]}`, { name: 'Rooftop' })
    await service.settled()
    const found = async (words: string) => {
      const { text } = await visitor.get(`/me/sessions?${new URLSearchParams({ q: words })}`)
      return keys.flatMap((key, index) => (text.includes(key) ? [index + 1] : []))
    }
    expect(await found('harbour NIGHT')).toEqual([1])
    expect(await found('émile')).toEqual([2])
    expect(await found('ostin')).toEqual([2])
    expect(await found('rooftop')).toEqual([3])
    expect(await found('old name')).toEqual([])
    expect(await found('%')).toEqual([])
    expect(await found(' ')).toEqual([1, 2, 3])
  })

  it('finds without accents, ligatures and apostrophes what has them, and the other way round', async () => {
    const { visitor, keys } = await djWith(
      sessionOf('1', { name: 'Straße am Fluß' }),
      sessionOf('2', { name: 'Øresund', tracks: tracksOf({ artist: 'Łukasz Ærø', title: 'Ça va déjà' }) }),
      sessionOf('3', { name: 'Plain', tracks: tracksOf({ artist: 'Beyonce', title: 'Don’t look' }) }),
      sessionOf('4', { name: 'Привет й', tracks: tracksOf({ artist: 'ガール', title: 'ＮＥＯＮ' }) }),
    )
    const found = async (words: string) => {
      const { text } = await visitor.get(`/me/sessions?${new URLSearchParams({ q: words })}`)
      return keys.flatMap((key, index) => (text.includes(key) ? [index + 1] : []))
    }
    expect(await found('strasse')).toEqual([1])
    expect(await found('FLUSS')).toEqual([1])
    expect(await found('oresund')).toEqual([2])
    expect(await found('lukasz aero')).toEqual([2])
    expect(await found('ca va deja')).toEqual([2])
    expect(await found('beyoncé')).toEqual([3])
    expect(await found('dont')).toEqual([3])
    expect(await found("don't")).toEqual([3])
    expect(await found('привет')).toEqual([4])
    expect(await found('ガール neon')).toEqual([4])
  })

  it('finds words in whichever order, but all in one name or one track', async () => {
    const { visitor, keys } = await djWith(
      sessionOf('1', { name: 'Night at the harbour', tracks: tracksOf({ artist: 'Wren', title: 'Ostinato' }) }),
    )
    const isFound = async (words: string) =>
      (await visitor.get(`/me/sessions?${new URLSearchParams({ q: words })}`)).text.includes(keys[0] ?? '?')
    expect(await isFound('harbour night')).toBe(true)
    expect(await isFound('ostinato wren')).toBe(true)
    expect(await isFound('night wren')).toBe(false)
  })

  it('goes on at the older ones, with the search', async () => {
    const sessions = Array.from({ length: 60 }, (_, index) => sessionOf(`s${index}`, { name: `Set ${index} of sixty` }))
    const { visitor, keys } = await djWith(...sessions, sessionOf('other', { name: 'Other' }))
    const first = await visitor.get('/me/sessions?q=sixty')
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await visitor.get(next)
    const seen = keys.filter((key) => first.text.includes(key) || second.text.includes(key))
    expect(seen).toEqual(keys.slice(0, 60))
    expect(second.text).not.toContain('cursor=')
  })
})

describe('one session', () => {
  const full: SessionUpload = {
    ...{ id: '86', historyId: 'a-history', exportId: 'an-export', name: 'Everything' },
    software: { name: 'Serato DJ Pro', version: '3.2.1' },
    system: { os: 'macOS 14.5', processor: 'Apple M2', computerType: 'MacBookPro18,3' },
    ...{ startedAt: '2026-02-13T20:58:00Z', endedAt: '2026-02-14T01:10:00Z', editedAt: '2026-02-14T09:00:01Z' },
    tracks: [
      {
        ...{ id: '17', deck: 2, played: true, playedSeconds: 291, playedPercent: 87.5 },
        ...{ startedAt: '2026-02-13T21:02:10Z', endedAt: '2026-02-13T21:07:01Z', editedAt: '2026-02-14T09:00:02Z' },
        tags: {
          ...{
            title: 'A title',
            artist: 'An artist',
            album: 'An album',
            genre: 'A genre',
            label: 'A label',
            bpm: 124.5,
          },
          ...{ key: '8A', remixer: 'A remixer', composer: 'A composer', year: 2024, rating: 4, trackNumber: 3 },
          ...{ bitRate: 320, sampleRate: 44100, fileName: 'a-file.mp3', fileSize: 11730944, lengthSeconds: 333 },
        },
      },
    ],
  }

  it('shows every field that is kept, in words', async () => {
    const { visitor, key } = await djWith(full)
    const { text } = await visitor.get(`/me/sessions/${key}`)
    const values = [
      ...[
        '86',
        'a-history',
        'an-export',
        'Everything',
        'Serato DJ Pro 3.2.1',
        'macOS 14.5',
        'Apple M2',
        'MacBookPro18,3',
      ],
      ...['13 February 2026 at 20:58', '14 February 2026 at 01:10', '14 February 2026 at 09:00', key, '17', '87.5 %'],
      ...['13 February 2026, 21:02:10', '13 February 2026, 21:07:01', '14 February 2026, 09:00:02', '4:51', '5:33'],
      ...['A title', 'An artist', 'An album', 'A genre', 'A label', '124.5', '8A', 'A remixer', 'A composer', '2024'],
      ...['320 kbit/s', '44,100 Hz', 'a-file.mp3', '11,730,944 bytes'],
    ]
    for (const value of values) expect(text).toContain(`>${value}<`)
  })

  it('has words for every field of the schema and every reason not to count, in every language', () => {
    for (const language of ['en', 'de'] as const) {
      const { fields, whyNot } = textsOf(language).ownSessions
      const kept = Object.keys({ ...Tags.properties, ...OwnTrackPlay.properties })
      expect(Object.keys(fields).sort()).toEqual(
        kept.filter((name) => !['tags', 'counted', 'whyNot'].includes(name)).sort(),
      )
      expect(Object.keys(whyNot)).toEqual(WhyNot.anyOf.map((reason) => reason.const))
    }
    // Those of the frame are told one by one: a new one is to be told, too.
    expect(Object.keys(OwnSession.properties)).toHaveLength(15)
  })

  it('says of each play whether it counts, and why not', async () => {
    const { visitor, api, key } = await djWith(
      sessionOf('1', {
        tracks: [
          { id: '1', playedSeconds: 200, tags: { artist: 'A', title: 'B' } },
          { id: '2', playedSeconds: 5, tags: { artist: 'C', title: 'D' } },
          { id: '3', playedSeconds: 200, tags: { title: 'E' } },
        ],
      }),
    )
    expect((await visitor.get(`/me/sessions/${key}`)).text).toContain('0 of 3 plays count in charts.')
    await api.patch('/v1/me/profile', { choices: { charts: true } })
    const { text } = await visitor.get(`/me/sessions/${key}`)
    expect(text).toContain('1 of 3 plays count in charts.')
    expect(text).toContain('Played for less than 30 seconds.')
    expect(text).toContain('Its artist or title is missing.')
    expect((await visitor.get(`/de/me/sessions/${key}`)).text).toContain('Weniger als 30 Sekunden gespielt.')
  })

  it('is shown in parts where it is long', async () => {
    const tracks = Array.from({ length: 120 }, (_, index) => ({
      id: String(index),
      tags: { title: `Title ${index}!` },
    }))
    const { visitor, key } = await djWith(sessionOf('1', { tracks }))
    const titles = async (query: string) =>
      [...(await visitor.get(`/me/sessions/${key}${query}`)).text.matchAll(/<b><bdi>Title (\d+)!/g)].map(Number)
    const counts = await Promise.all(['', '?from=51', '?from=101', '?from=999', '?from=x'].map(titles))
    expect(counts.map(({ length }) => length)).toEqual([50, 50, 20, 20, 50])
  })

  it('is renamed, made public and private again, and left out of charts; the page shows it at once', async () => {
    const { visitor, api, key } = await djWith(sessionOf('1'))
    const path = `/me/sessions/${key}`
    const read = async () => (await api.get(`/v1${path}`)).json<Session>()
    await visitor.get(path)
    const renamed = await visitor.post(path, { name: ' Under the bridge ' })
    expect(renamed.path).toBe(`${path}?saved=yes`)
    expect(renamed.text).toContain('<h1><bdi>Under the bridge</bdi></h1>')
    const opened = await visitor.post(path, { visibility: 'public' })
    expect(opened.text).toContain(`/playlists/${(await read()).publicId}`)
    await visitor.post(path, { visibility: 'private' })
    expect((await visitor.post(path, { contributeToCharts: 'no' })).text).toContain('Let it count in charts')
    expect(await read()).toMatchObject({ name: 'Under the bridge', visibility: 'private', contributeToCharts: false })
    await visitor.post(path, { contributeToCharts: 'yes' })
    await visitor.post(path, { name: '' })
    expect(await read()).not.toHaveProperty('name')
    expect(await read()).toMatchObject({ contributeToCharts: true })
  })

  it('keeps its name where the new one cannot be one, and says why', async () => {
    const { visitor, key } = await djWith(sessionOf('1', { name: 'Before' }))
    await visitor.get('/me')
    for (const name of ['x'.repeat(1001), 'a\u0000b']) {
      const page = await visitor.post(`/me/sessions/${key}`, { name })
      expect([page.status, page.text.includes('At most 1,000 characters')]).toEqual([422, true])
      expect(page.text).toContain('<h1><bdi>Before</bdi></h1>')
    }
    expect((await visitor.post(`/me/sessions/${key}`, {})).status).toBe(403)
  })

  it('is deleted only after it was asked for', async () => {
    const { visitor, api, key } = await djWith(sessionOf('1', { name: 'Going' }))
    const asked = await visitor.get(`/me/sessions/${key}/delete`)
    expect(asked.text).toContain('Delete this session?')
    expect((await api.get(`/v1/me/sessions/${key}`)).status).toBe(200)
    const gone = await visitor.post(`/me/sessions/${key}/delete`, {})
    expect([gone.path, gone.text.includes('The session is deleted.')]).toEqual(['/me/sessions?deleted=yes', true])
    expect((await visitor.get(`/me/sessions/${key}`)).status).toBe(404)
  })
})

it('shows what somebody typed as text and never as markup', async () => {
  const bad = `"><script>alert(1)</script><img src=x onerror='alert(2)'>{{7*7}}\${7*7}`
  const tags = { title: bad, artist: bad, album: bad, genre: bad, label: bad, remixer: bad, fileName: bad }
  const { visitor, key } = await djWith(sessionOf(bad, { name: bad, historyId: bad, tracks: tracksOf(tags) }))
  const paths = ['/me', '/me/sessions', `/me/sessions?q=${encodeURIComponent(bad)}`, `/me/sessions/${key}`]
  for (const path of [...paths, `/me/sessions/${key}/delete`]) {
    const { text, status } = await visitor.get(path)
    expect(status).toBe(200)
    expect(text).toContain('&lt;script&gt;')
    expect(text).not.toMatch(/<script>|<img/)
  }
})
