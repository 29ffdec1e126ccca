import { describe, expect, it } from 'vitest'
import { openSite } from './open-site.ts'

const site = openSite()
const get = (url: string, accept = '*/*') => site.server().inject({ url, headers: { accept } })
const A = '000000000000000a'

describe('GET /v1/tracks/{trackId}', () => {
  it('tells a run for each region, genre and kind of period, by time', async () => {
    await site.publish({ period: '2026-W06', entries: [{ track: 11 }, { track: 10, djs: 7, plays: 8 }] })
    await site.publish({ period: '2026-W07', entries: [{ track: 10, djs: 9, plays: 12 }] })
    await site.publish({ period: '2026', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', region: 'NZ', entries: [{ track: 11 }, { track: 10 }] })
    expect((await get(`/v1/tracks/${A}`)).json()).toEqual({
      track: { id: A, artist: 'Artist', title: 'Title' },
      runs: [
        { region: 'NZ', genre: 'all', peakRank: 2, entries: [{ period: '2026-W07', rank: 2, djs: 9, plays: 12 }] },
        {
          region: 'world',
          genre: 'all',
          peakRank: 1,
          entries: [
            { period: '2026-W06', rank: 2, djs: 7, plays: 8 },
            { period: '2026-W07', rank: 1, djs: 9, plays: 12 },
          ],
        },
        { region: 'world', genre: 'all', peakRank: 1, entries: [{ period: '2026', rank: 1, djs: 9, plays: 12 }] },
      ],
    })
  })

  it('has the texts of the newest entry', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10, title: 'New', label: 'Label' }] })
    await site.publish({ period: '2026-W06', entries: [{ track: 10, title: 'Old' }] })
    expect((await get(`/v1/tracks/${A}`)).json()).toMatchObject({ track: { title: 'New', label: 'Label' } })
  })

  it('leads on from a track that was merged into another', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const merge = { track: '27', into: '10', state: 'applied', decided_at: '2026-02-14 00:00:00', version: 1 }
    await site.insert('charts.merges', [merge])
    expect((await get('/v1/tracks/000000000000001b')).json()).toMatchObject({ track: { id: A } })
  })

  it('knows only what is shown now, not entries of earlier revisions', async () => {
    await site.publish({ period: '2026-W06', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', revision: 1, entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', revision: 2, entries: [{ track: 11 }] })
    expect((await get(`/v1/tracks/${A}`)).json()).toMatchObject({ runs: [{ entries: [{ period: '2026-W06' }] }] })
  })

  it('answers alike for a track on withheld charts only, for an unknown one and for what is no id', async () => {
    await site.publish({ period: '2026-W07', withheld: true, entries: [{ track: 10 }] })
    const withheld = await get(`/v1/tracks/${A}`)
    expect(withheld.statusCode).toBe(404)
    for (const id of ['00000000000000ff', 'zz', `${A}0`, A.toUpperCase(), '%00']) {
      expect((await get(`/v1/tracks/${id}`)).rawPayload.equals(withheld.rawPayload)).toBe(true)
    }
  })
})

describe('the page of a track', () => {
  it('draws its rank over time on its charts, and has the same numbers as a table', async () => {
    await site.publish({ period: '2026-W05', entries: [{ track: 11 }, { track: 10 }] })
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', region: 'NZ', entries: [{ track: 10 }] })
    const { body } = await get(`/tracks/${A}`, 'text/html')
    for (const words of ['All genres, World, Week 5 of 2026: 2', 'All genres, New Zealand, Week 7 of 2026: 1']) {
      expect(body).toContain(`<title>${words}</title>`)
    }
    expect(body).toMatch(/Week 6 of 2026<\/th><td class="number">–<\/td><td class="number">–<\/td>/)
  })

  it('says in which country it was on a chart first', async () => {
    await site.publish({ period: '2026-W06', region: 'DE', genre: 'house', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W05', region: 'NZ', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', region: 'NZ', genre: 'house', entries: [{ track: 10 }] })
    const [, rose = ''] = (await get(`/tracks/${A}`, 'text/html')).body.split(/Where it rose first|<\/ol>/)
    expect([...rose.matchAll(/<li><a href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      '/charts/NZ/all/2026-W05',
      '/charts/DE/house/2026-W06',
    ])
  })

  it('tells at which tempo, in which key and before what it is played, as far as the analysts’ tables do', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }, { track: 11 }] })
    const shown = { what: 'week', built_at: '2026-02-16 00:05:00.000', version: 1, revision: 1 }
    const week = (name: string) => ({ week: name, revision: 1, region: 'world' })
    const row = { artist: 'Artist', title: 'After', djs: 9, plays: 12, played_seconds_median: null }
    await site.insert('charts.analytics_shown', [
      { ...shown, period: '2026-W06' },
      { ...shown, period: '2026-W07' },
    ])
    await site.insert('charts.analytics_track_weeks', [
      { ...week('2026-W06'), ...row, track: 10, bpm_median: 124.5, key: '8A' },
      { ...week('2026-W07'), ...row, track: 10, bpm_median: 126, key: '8A' },
      { ...week('2026-W07'), ...row, track: 11, bpm_median: null, key: '' },
      { ...week('2026-W07'), ...row, title: 'Uncharted', track: 12, bpm_median: null, key: '' },
    ])
    await site.insert('charts.analytics_transition_weeks', [
      { ...week('2026-W06'), from_track: 10, to_track: 11, djs: 5, plays: 6 },
      { ...week('2026-W07'), from_track: 10, to_track: 11, djs: 5, plays: 5 },
      { ...week('2026-W07'), from_track: 10, to_track: 12, djs: 5, plays: 5 },
    ])
    const { body } = await get(`/tracks/${A}`, 'text/html')
    expect(body).toContain('124.5–126 BPM')
    expect(body).toContain('<dd>8A</dd>')
    const [, after = ''] = body.split('What DJs play after it')
    expect(after).toContain('<a href="/tracks/000000000000000b"><bdi>After</bdi></a>')
    expect(after).toContain('11 times')
    // What is on no chart has no page.
    expect(after).toContain('<strong><bdi>Uncharted</bdi></strong>')
  })

  it('shows its runs with links to the charts', async () => {
    await site.publish({ period: '2026-W07', region: 'NZ', genre: 'house', entries: [{ track: 10 }] })
    const { body, headers } = await get(`/tracks/${A}`, 'text/html')
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(body).toContain('href="/charts/NZ/house/2026-W07"')
    expect(body).toContain('House, New Zealand')
  })

  it('shows texts from tags as text', async () => {
    await site.publish({
      period: '2026-W07',
      entries: [{ track: 10, title: '<img src=x onerror=alert(1)>', label: '"&' }],
    })
    const { body } = await get(`/tracks/${A}`, 'text/html')
    expect(body).not.toContain('<img')
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })
})
