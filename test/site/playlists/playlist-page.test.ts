import { describe, expect, it } from 'vitest'
import { identifyTrack } from '#rules/track-identity.ts'
import { openSite } from '../open-site.ts'
import { PUBLIC_ID, publicSet, trackAt } from './public-set.ts'

const site = openSite({ publicUrl: 'https://charts.example' })
const set = publicSet(site)
const path = `/playlists/${PUBLIC_ID}`
const get = (url = path) => site.server().inject({ url, headers: { accept: 'text/html' } })
const body = async (url = path) => (await get(url)).body
const trackOf = (artist: string, title: string): { track: string; trackId: string } => {
  const identity = identifyTrack(artist, title)
  if (identity.kind !== 'track') throw new Error('no track')
  return identity
}
const dataOf = (page: string): unknown =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? 'null')

describe('the page of a playlist', () => {
  it('shows the set: name, DJ, start, decks, tempo, keys and tracks', async () => {
    const { nowMs } = site.clock
    await set.store({
      name: 'Friday',
      startedAt: '2026-02-18T12:00:00.000Z',
      tracks: [
        trackAt(nowMs, 0, { title: 'One', artist: 'A', bpm: 120, key: 'Am' }, 1),
        trackAt(nowMs, 5, { title: 'Two', artist: 'B', bpm: 124.5, key: '9A' }, 2),
        trackAt(nowMs, 10, { title: 'Three', artist: 'C', key: '3B' }, 1),
      ],
    })
    await set.publish()
    await set.callHim('DJ Tide')
    const page = await body()
    for (const text of [
      '<bdi>Friday</bdi>',
      '<bdi>DJ Tide</bdi>',
      '18 February 2026 at 12:00 UTC',
      'Deck 1',
      'Deck 2',
    ]) {
      expect(page).toContain(text)
    }
    expect(page).toContain('The tempo lies between 120 and 124.5 BPM.')
    expect(page).toContain('1 of 2 changes of track stay within neighbouring keys.')
    expect(page).toContain('5:00')
    expect(page.match(/<rect class="bar"/g)).toHaveLength(3)
    const german = await body(`/de${path}`)
    expect(german).toContain('Das Tempo liegt zwischen 120 und 124,5 BPM.')
  })

  it('leads from a track to its page where a chart shows it, and nowhere else', async () => {
    const known = trackOf('Ana', 'Sol')
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    await site.insert('charts.entries', [
      {
        ...{
          region: 'world',
          genre: 'all',
          kind: 'week',
          period: '2026-W07',
          revision: 1,
          rank: 2,
          track: known.track,
        },
        ...{ artist: 'Ana', title: 'Sol', label: '', djs: 5, plays: 6 },
      },
    ])
    const { nowMs } = site.clock
    const tracks = [
      trackAt(nowMs, 0, { artist: 'ANA', title: 'Sol' }),
      trackAt(nowMs, 5, { artist: 'Nobody', title: 'None' }),
    ]
    await set.store({ tracks })
    await set.publish()
    const links = [...(await body()).matchAll(/href="(\/tracks\/[^"]*)"/g)].map(([, link]) => link)
    expect(links).toEqual([`/tracks/${known.trackId}`])
    const german = await body(`/de${path}`)
    expect(german).toContain(`href="/de/tracks/${known.trackId}"`)
    await site.publish({ period: '2026-W07', withheld: true, entries: [] })
    expect(await body()).not.toContain('href="/tracks/')
  })

  it('tells those who show a link to it its name and an image', async () => {
    await set.store({ name: 'Friday' })
    await set.publish()
    const page = await body()
    expect(page).toContain('<meta property="og:title" content="Friday">')
    expect(page).toContain('<meta property="og:type" content="music.playlist">')
    expect(page).toContain(`<meta property="og:url" content="https://charts.example${path}">`)
    expect(page).toContain(`<meta property="og:image" content="https://charts.example${path}/image.png">`)
    expect(page).toContain('<meta name="twitter:card" content="summary_large_image">')
    expect(page).toContain('<meta name="robots" content="noarchive">')
  })

  it('tells programs what it is, as a MusicPlaylist', async () => {
    const tracks = [
      trackAt(site.clock.nowMs, 0, { artist: 'Ana', title: '</script><!--' }),
      trackAt(site.clock.nowMs, 5, {}),
    ]
    await set.store({ name: 'Friday', tracks })
    await set.publish()
    await set.callHim('DJ Tide')
    const page = await body()
    expect(dataOf(page)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'MusicPlaylist',
      name: 'Friday',
      url: `https://charts.example${path}`,
      dateCreated: '2026-02-18T12:00:00.000Z',
      numTracks: 2,
      creator: { '@type': 'Person', name: 'DJ Tide' },
      track: [{ '@type': 'MusicRecording', name: '</script><!--', byArtist: { '@type': 'MusicGroup', name: 'Ana' } }],
    })
    expect(page.match(/<\/script/g)).toHaveLength(page.match(/<script/g)?.length ?? 0)
  })

  it.each([
    ['is received while it is played', {}, 5, true],
    ['has an end that is over', { endedAt: '2026-02-18T12:04:00.000Z' }, 5, false],
    ['has an end that is still to come', { endedAt: '2026-02-18T16:00:00.000Z' }, 5, true],
    ['was heard of too long ago', {}, 31, false],
    ['was played years ago and is uploaded now', { startedAt: '2015-02-18T12:00:00.000Z' }, 0, false],
  ])('grows by itself or not: one that %s', async (_what, given, minutesLater, isGoingOn) => {
    await set.store(given)
    await set.publish()
    site.clock.nowMs += minutesLater * 60_000
    const page = await body()
    expect(page.includes(`data-live="${path}/events"`)).toBe(isGoingOn)
    expect(page.includes('follow-set')).toBe(isGoingOn)
    expect(page.includes('Load what was played since')).toBe(isGoingOn)
  })

  it('shows a set without any tracks, and one of a thousand', async () => {
    await set.store({})
    await set.publish()
    expect((await get()).statusCode).toBe(200)
    const tracks = Array.from({ length: 1000 }, (_, minutes) =>
      trackAt(site.clock.nowMs, minutes, { bpm: 120 }, minutes % 30),
    )
    await set.store({ tracks })
    expect((await body()).match(/<rect class="bar"/g)).toHaveLength(1000)
  })

  it.each([path, `/de${path}`, `${path}/image.png`, `${path}/events`, `/de${path}/events`])(
    'answers at %s for a private, a deleted and an erased set as for one that never was',
    async (url) => {
      // Over, so that its events are no stream without end.
      await set.store({ endedAt: new Date(site.clock.nowMs).toISOString() })
      await set.publish()
      expect((await get(url)).statusCode).not.toBe(404)
      const unknown = await get(url.replace(PUBLIC_ID, 'public-id-00000000zzzz'))
      expect(unknown.statusCode).toBe(404)
      const hide = [() => set.choose('visibility', 'private'), () => set.choose('deleted', true), () => set.publish(1)]
      for (const hideIt of hide) {
        await hideIt()
        const hidden = await get(url)
        expect(hidden.statusCode).toBe(404)
        expect(hidden.rawPayload.equals(unknown.rawPayload)).toBe(true)
        expect(Object.keys(hidden.headers)).toEqual(Object.keys(unknown.headers))
      }
    },
  )
})
