import { describe, expect, it } from 'vitest'
import type { ChartDirectory } from '#schemas/records/chart.ts'
import { openSite } from './open-site.ts'

const site = openSite()
const get = (url: string) => site.server().inject({ url })
const entries = [{ track: 10 }]

describe('GET /v1/charts', () => {
  it('lists regions, genres and periods that have a chart, weeks before months before years', async () => {
    for (const period of ['2026', '2026-W07', '2026-02', '2026-W06']) await site.publish({ period, entries })
    await site.publish({ period: '2026-W07', region: 'NZ', genre: 'house', entries })
    expect((await get('/v1/charts')).json()).toEqual({
      charts: [
        { region: 'NZ', genre: 'house', periods: ['2026-W07'] },
        { region: 'world', genre: 'all', periods: ['2026-W06', '2026-W07', '2026-02', '2026'] },
      ],
    })
  })

  it('names no withheld chart', async () => {
    await site.publish({ period: '2026-W07', region: 'AU', withheld: true, entries })
    await site.publish({ period: '2026-W07', entries })
    await site.publish({ period: '2026-W06', withheld: true, entries })
    expect((await get('/v1/charts')).json()).toEqual({
      charts: [{ region: 'world', genre: 'all', periods: ['2026-W07'] }],
    })
  })

  it('gives every chart once over its pages, also when one is published between them', async () => {
    for (const region of ['AU', 'CA', 'NZ', 'US', 'world']) await site.publish({ period: '2026-W07', region, entries })
    const regions: string[] = []
    let cursor: string | undefined
    do {
      const page = (
        await get(`/v1/charts?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`)
      ).json<ChartDirectory>()
      regions.push(...page.charts.map(({ region }) => region))
      cursor = page.next
      await site.publish({ period: '2026-W07', region: 'AT', entries })
    } while (cursor !== undefined)
    expect(regions).toEqual(['AU', 'CA', 'NZ', 'US', 'world'])
  })

  it('has no next where the last page is full', async () => {
    for (const region of ['AU', 'CA']) await site.publish({ period: '2026-W07', region, entries })
    expect((await get('/v1/charts?limit=2')).json()).not.toHaveProperty('next')
  })

  it.each(['limit=0', 'limit=1001', 'limit=many', 'cursor=nonsense', 'cursor=WzFd', 'cursor='])(
    'refuses %s and names it',
    async (query) => {
      const answer = await get(`/v1/charts?${query}`)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ path: `/${query.split('=')[0]}` }] })
    },
  )

  it('is empty where nothing is published', async () => {
    expect((await get('/v1/charts')).json()).toEqual({ charts: [] })
  })
})
