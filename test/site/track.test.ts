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
