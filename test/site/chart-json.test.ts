import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { Chart } from '#schemas/records/chart.ts'
import { openSite } from './open-site.ts'

const site = openSite()
const get = (path: string, headers: Record<string, string> = {}) => site.server().inject({ url: path, headers })
const chart = async (path: string): Promise<Chart> => {
  const answer = await get(path)
  expect(answer.statusCode).toBe(200)
  return answer.json<Chart>()
}
const entryOf = async (path: string, trackId: string) =>
  (await chart(path)).entries.find(({ track }) => track.id === trackId)

const A = '000000000000000a'
const B = '000000000000000b'

describe('GET /v1/charts/{region}/{genre}/{period}', () => {
  it('answers with the chart as the contract has it', async () => {
    await site.publish({
      region: 'NZ',
      genre: 'house',
      period: '2026-W07',
      revision: 3,
      entries: [{ track: 10, artist: 'Å', title: 'T', label: 'L', djs: 17, plays: 29 }],
    })
    const answer = await get('/v1/charts/NZ/house/2026-W07')
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.json()).toEqual({
      chart: {
        region: 'NZ',
        genre: 'house',
        period: '2026-W07',
        status: 'provisional',
        revision: 3,
        builtAt: '2026-02-16T00:05:00.000Z',
        djs: 41,
        plays: 903,
        minimumDjs: 5,
        previous: '2026-W06',
        next: null,
      },
      entries: [
        {
          rank: 1,
          previousRank: null,
          peakRank: 1,
          periodsOnChart: 1,
          movement: 'new',
          track: { id: A, artist: 'Å', title: 'T', label: 'L' },
          djs: 17,
          plays: 29,
        },
      ],
    })
    expect(Compile(Chart).Check(answer.json())).toBe(true)
  })

  it('leaves a label out that too few DJs share', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10, label: '' }] })
    expect((await chart('/v1/charts/world/all/2026-W07')).entries[0]?.track).not.toHaveProperty('label')
  })

  it('shows a track id with all its digits where the number is larger than JavaScript holds exactly', async () => {
    await site.publish({ period: '2026-W07', entries: [] })
    const place = { region: 'world', genre: 'all', kind: 'week', period: '2026-W07', revision: 1 }
    const texts = { artist: 'A', title: 'T', label: '', djs: 5, plays: 5 }
    await site.insert('charts.entries', [{ ...place, rank: 1, track: '18446744073709551615', ...texts }])
    expect((await chart('/v1/charts/world/all/2026-W07')).entries[0]?.track.id).toBe('ffffffffffffffff')
  })

  it('serves months and years too', async () => {
    await site.publish({ period: '2026-01', entries: [{ track: 10 }] })
    await site.publish({ period: '2026', entries: [{ track: 10 }] })
    expect((await chart('/v1/charts/world/all/2026-01')).chart.previous).toBe('2025-12')
    expect((await chart('/v1/charts/world/all/2026')).chart.previous).toBe('2025')
  })

  it('says latest for the newest week that is published, not for a withheld one', async () => {
    await site.publish({ period: '2026-W05', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W06', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', withheld: true, entries: [{ track: 10 }] })
    await site.publish({ period: '2026-02', entries: [{ track: 10 }] })
    expect((await chart('/v1/charts/world/all/latest')).chart.period).toBe('2026-W06')
  })

  it('shows the revision that is published, whatever else lies in the store', async () => {
    await site.publish({ period: '2026-W07', revision: 1, entries: [{ track: 10 }, { track: 11 }] })
    await site.publish({ period: '2026-W07', revision: 2, entries: [{ track: 11 }] })
    const { chart: head, entries } = await chart('/v1/charts/world/all/2026-W07')
    expect(head.revision).toBe(2)
    expect(entries.map(({ track }) => track.id)).toEqual([B])
  })

  it('serves a published chart without entries', async () => {
    await site.publish({ period: '2026-W07', entries: [] })
    expect((await chart('/v1/charts/world/all/2026-W07')).entries).toEqual([])
  })
})

describe('movement', () => {
  it('says new, re-entry, up, down and same', async () => {
    await site.publish({ period: '2026-W05', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W06', entries: [{ track: 1 }, { track: 2 }, { track: 3 }] })
    await site.publish({
      period: '2026-W07',
      entries: [{ track: 2 }, { track: 1 }, { track: 3 }, { track: 10 }, { track: 11 }],
    })
    const { entries } = await chart('/v1/charts/world/all/2026-W07')
    expect(entries.map(({ movement, previousRank }) => [movement, previousRank])).toEqual([
      ['up', 2],
      ['down', 1],
      ['same', 3],
      ['re-entry', null],
      ['new', null],
    ])
  })

  it('asks the calendar period before, so that after a week without a chart a track re-enters', async () => {
    await site.publish({ period: '2026-W05', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const { chart: head, entries } = await chart('/v1/charts/world/all/2026-W07')
    expect(head.previous).toBe('2026-W06')
    expect(entries[0]).toMatchObject({ previousRank: null, movement: 're-entry', periodsOnChart: 2 })
  })

  it('counts no withheld chart', async () => {
    await site.publish({ period: '2026-W06', withheld: true, entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    expect(await entryOf('/v1/charts/world/all/2026-W07', A)).toMatchObject({
      previousRank: null,
      movement: 'new',
      periodsOnChart: 1,
    })
  })

  it('knows nothing of other regions, genres and kinds of period', async () => {
    await site.publish({ period: '2026-W06', region: 'NZ', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W06', genre: 'house', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-01', entries: [{ track: 10 }] })
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    expect(await entryOf('/v1/charts/world/all/2026-W07', A)).toMatchObject({ movement: 'new', periodsOnChart: 1 })
  })

  it('crosses the year from its last ISO week to the first', async () => {
    await site.publish({ period: '2026-W53', entries: [{ track: 11 }, { track: 10 }] })
    await site.publish({ period: '2027-W01', entries: [{ track: 10 }] })
    expect(await entryOf('/v1/charts/world/all/2027-W01', A)).toMatchObject({ previousRank: 2, movement: 'up' })
  })
})

describe('peak and periods on chart', () => {
  it('count up to the period that is read, and no further', async () => {
    await site.publish({ period: '2026-W05', entries: [{ track: 11 }, { track: 10 }] })
    await site.publish({ period: '2026-W06', entries: [{ track: 11 }, { track: 12 }, { track: 10 }] })
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    expect(await entryOf('/v1/charts/world/all/2026-W06', A)).toMatchObject({ peakRank: 2, periodsOnChart: 2 })
    expect(await entryOf('/v1/charts/world/all/2026-W07', A)).toMatchObject({ peakRank: 1, periodsOnChart: 3 })
  })

  it('follow a correction of an earlier chart', async () => {
    await site.publish({ period: '2026-W06', entries: [{ track: 10 }, { track: 11 }] })
    await site.publish({ period: '2026-W07', entries: [{ track: 11 }, { track: 10 }] })
    expect(await entryOf('/v1/charts/world/all/2026-W07', A)).toMatchObject({ peakRank: 1, previousRank: 1 })
    await site.publish({ period: '2026-W06', revision: 2, entries: [{ track: 11 }, { track: 12 }, { track: 10 }] })
    expect(await entryOf('/v1/charts/world/all/2026-W07', A)).toMatchObject({ peakRank: 2, previousRank: 3 })
  })
})

describe('next', () => {
  it('names the period after where it has a chart', async () => {
    await site.publish({ period: '2026-W06', entries: [{ track: 10 }] })
    expect((await chart('/v1/charts/world/all/2026-W06')).chart.next).toBeNull()
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    expect((await chart('/v1/charts/world/all/2026-W06')).chart.next).toBe('2026-W07')
  })
})

describe('status', () => {
  it('becomes final seven days after the period, by the clock alone', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const status = async () => (await chart('/v1/charts/world/all/2026-W07')).chart.status
    site.clock.nowMs = Date.parse('2026-02-22T23:59:59.999Z')
    expect(await status()).toBe('provisional')
    site.clock.nowMs += 1
    expect(await status()).toBe('final')
  })
})
