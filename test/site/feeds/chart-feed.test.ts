import { describe, expect, it } from 'vitest'
import { openSite } from '../open-site.ts'
import { readAtom } from './atom-rules.ts'

const site = openSite({ publicUrl: 'https://charts.example' })
const get = (url: string, headers: Record<string, string> = {}) => site.server().inject({ url, headers })
const feed = async (path = '/feeds/charts/NZ/house/week.atom') => readAtom((await get(path)).body)
const publish = (period: string, given: object = {}) =>
  site.publish({
    region: 'NZ',
    genre: 'house',
    period,
    entries: [{ track: 10, artist: 'Ana', title: 'Sol' }],
    ...given,
  })

describe('a feed of charts', () => {
  it('is valid Atom that has the newest charts first, each with its first places', async () => {
    await publish('2026-W06')
    await publish('2026-W07', {
      entries: Array.from({ length: 12 }, (_, index) => ({
        track: index + 1,
        artist: 'A & B',
        title: `T${index + 1}`,
      })),
    })
    const answer = await get('/feeds/charts/NZ/house/week.atom')
    expect(answer.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    const { entries, links, updated } = readAtom(answer.body)
    expect(updated).toBe('2026-02-16T00:05:00.000Z')
    expect(links).toEqual({
      self: 'https://charts.example/feeds/charts/NZ/house/week.atom',
      alternate: 'https://charts.example/charts/NZ/house/2026-W07',
    })
    expect(entries.map(({ title }) => title)).toEqual(['Week 7 of 2026: A & B – T1', 'Week 6 of 2026: Ana – Sol'])
    expect(entries[0]?.links).toEqual({ alternate: 'https://charts.example/charts/NZ/house/2026-W07' })
    expect(entries[0]?.elements.filter((name) => name === 'li')).toHaveLength(10)
    expect(entries[0]?.text).toContain('A & B – T10, 9 DJs')
    expect(entries[0]?.text).not.toContain('T11')
  })

  it('names a chart by the same id for ever, and no two things by one', async () => {
    await publish('2026-W07')
    await publish('2026-W07', { region: 'AU' })
    const first = await feed()
    await publish('2026-W07', { revision: 2, entries: [{ track: 11, title: 'Luna' }] })
    await publish('2026-W08')
    const second = await feed()
    expect(second.id).toBe(first.id)
    expect(second.entries[1]?.id).toBe(first.entries[0]?.id)
    expect(second.entries[1]?.title).toContain('Luna')
    const other = await feed('/feeds/charts/AU/house/week.atom')
    expect(new Set([second.id, other.id, ...second.entries.map(({ id }) => id), other.entries[0]?.id]).size).toBe(5)
  })

  it('is there for weeks, months and years, each with its own', async () => {
    for (const period of ['2026-W07', '2026-02', '2026']) await publish(period)
    for (const [kind, title] of [
      ['week', 'Week 7 of 2026'],
      ['month', 'February 2026'],
      ['year', '2026'],
    ]) {
      const { entries } = await feed(`/feeds/charts/NZ/house/${kind}.atom`)
      expect(entries.map((entry) => entry.title)).toEqual([`${title}: Ana – Sol`])
    }
  })

  it('shows the newest quarter of a year and nothing withheld', async () => {
    for (let week = 10; week < 25; week += 1) await publish(`2025-W${week}`)
    await publish('2025-W25', { withheld: true })
    const { entries } = await feed()
    expect(entries).toHaveLength(13)
    expect(entries[0]?.title).toContain('Week 24')
  })

  it('stays one document whatever stands in a tag', async () => {
    const artist = '</title></entry><script>alert(1)</script>]]>&amp;\u0000\u000b\ufffe\uffff<!--'
    await publish('2026-W07', { entries: [{ track: 1, artist, title: '"\'>&' }] })
    const { entries } = await feed()
    expect(entries).toHaveLength(1)
    expect(entries[0]?.title).toContain('</title></entry><script>alert(1)</script>]]>&amp;')
    expect(new Set(entries[0]?.elements)).toEqual(new Set(['div', 'p', 'ol', 'li', 'a']))
  })

  it('answers 304 to a reader who has it, and may be read by scripts of every site', async () => {
    await publish('2026-W07')
    const { headers } = await get('/feeds/charts/NZ/house/week.atom')
    expect(headers['access-control-allow-origin']).toBe('*')
    const again = await get('/feeds/charts/NZ/house/week.atom', { 'if-none-match': String(headers.etag) })
    expect(again.statusCode).toBe(304)
  })

  it.each(['NZ/house/week', 'NZ/techno/week', 'nowhere/house/week', 'NZ/house/day', 'NZ/house/latest'])(
    'of %s does not exist where there is no such chart',
    async (place) => {
      await publish('2026-W07', { withheld: true })
      expect((await get(`/feeds/charts/${place}.atom`)).statusCode).toBe(404)
    },
  )
})
