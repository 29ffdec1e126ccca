import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { SearchAnswer } from '#schemas/records/search.ts'
import { openSite } from '../open-site.ts'

const site = openSite()
const get = (query: string, headers: Record<string, string> = {}) =>
  site.server().inject({ url: `/v1/search?${query}`, headers })
const find = async (q: string) => (await get(new URLSearchParams({ q }).toString())).json<SearchAnswer>()
const titles = async (q: string) => (await find(q)).tracks.map(({ track }) => track.title)
const artists = async (q: string) => (await find(q)).artists.map(({ name }) => name)

const entries = [
  { track: 1, artist: 'Daft Punk', title: 'Around the World', label: 'Virgin', djs: 9 },
  { track: 2, artist: 'Röyksopp', title: 'Eple', label: 'Wall of Sound', djs: 8 },
  { track: 3, artist: 'Kölsch & Perel', title: 'Grey', label: 'Kompakt', djs: 20 },
  { track: 4, artist: 'Kölsch', title: 'Goldfisch', label: 'Kompakt', djs: 7 },
  { track: 5, artist: 'Some World', title: 'World', djs: 6 },
  { track: 6, artist: '!!!', title: 'Dear Can', djs: 6 },
  { track: 7, artist: '坂本龍一', title: '戦場のメリークリスマス', djs: 6 },
  { track: 8, artist: "Destiny's Child", title: "Don't Stop", djs: 5 },
]
const week = (given: object) => site.publish({ period: '2026-W07', entries, ...given })

describe('GET /v1/search', () => {
  it('finds a track by any of its words, with what it is called and how many DJs play it', async () => {
    await week({})
    const answer = await get('q=around%20the')
    expect(answer.statusCode).toBe(200)
    expect(Compile(SearchAnswer).Check(answer.json())).toBe(true)
    expect(answer.json()).toEqual({
      tracks: [
        {
          track: { id: '0000000000000001', artist: 'Daft Punk', title: 'Around the World', label: 'Virgin' },
          djs: 9,
        },
      ],
      artists: [],
      labels: [],
    })
  })

  it.each([
    ['in another case', 'EPLE', 'Eple'],
    ['without its accents', 'royksopp', 'Eple'],
    ['while it is being typed', 'roy', 'Eple'],
    ['with a letter too few', 'roksopp', 'Eple'],
    ['with two letters swapped', 'goldfihsc', 'Goldfisch'],
    ['with a wrong first letter', 'joldfisch', 'Goldfisch'],
    ['artist and title together', 'daft punk around the world', 'Around the World'],
    ['title before artist', 'world daft', 'Around the World'],
    ['without a blank', 'daftpunk', 'Around the World'],
    ['without an apostrophe', 'dont stop', "Don't Stop"],
    ['all signs', '!!!', 'Dear Can'],
    ['from the middle of a name without blanks', '龍一', '戦場のメリークリスマス'],
  ])('finds a name written %s: %s', async (_how, question, title) => {
    await week({})
    expect(await titles(question)).toContain(title)
  })

  it('puts what is called so before what has the word in it, and then what more DJs play', async () => {
    await week({})
    expect(await titles('world')).toEqual(['World', 'Around the World'])
    expect(await titles('kolsch')).toEqual(['Goldfisch', 'Grey'])
    expect(await titles('köl')).toEqual(['Grey', 'Goldfisch'])
  })

  it('leaves names that are only like the word out where the word itself is there', async () => {
    await week({
      entries: [
        { track: 1, title: 'Lantern' },
        { track: 2, title: 'Lanterns' },
        { track: 3, title: 'Lastern' },
      ],
    })
    expect(await titles('lantern')).toEqual(['Lantern', 'Lanterns'])
    expect(await titles('lantenr')).toEqual(['Lantern', 'Lanterns'])
  })

  it('finds nothing for a word that no name has', async () => {
    await week({})
    expect(await find('zzzzzz')).toEqual({ tracks: [], artists: [], labels: [] })
  })

  it('finds artists and labels, with how many of their tracks are on charts', async () => {
    await week({})
    expect((await find('kompakt')).labels).toEqual([{ name: 'Kompakt', tracks: 2 }])
    expect(await artists('kölsch')).toEqual(['Kölsch', 'Kölsch & Perel'])
  })

  it('lists the tracks of an artist, also those with others, and of a label', async () => {
    await week({})
    const of = async (query: string) => (await get(query)).json<SearchAnswer>().tracks.map(({ track }) => track.title)
    expect(await of('artist=kolsch')).toEqual(['Grey', 'Goldfisch'])
    expect(await of('artist=Perel%20%26%20K%C3%B6lsch')).toEqual(['Grey'])
    expect(await of('label=KOMPAKT')).toEqual(['Grey', 'Goldfisch'])
    expect(await of('artist=nobody')).toEqual([])
  })

  it('answers with at most as many of each kind as asked for', async () => {
    await week({})
    expect((await get('q=k&limit=1')).json<SearchAnswer>().artists).toHaveLength(1)
  })

  it('knows nothing of a chart that is withheld, nor of an earlier revision', async () => {
    await week({ withheld: true })
    expect(await titles('eple')).toEqual([])
    await week({ revision: 2, entries: [{ track: 9, title: 'Eple again' }] })
    expect(await titles('eple')).toEqual(['Eple again'])
    expect(await titles('around the world')).toEqual([])
  })

  it('finds no more what has left the charts', async () => {
    await week({})
    expect(await titles('eple')).toEqual(['Eple'])
    await week({ withheld: true })
    expect(await titles('eple')).toEqual([])
    expect((await get('artist=royksopp')).json<SearchAnswer>().tracks).toEqual([])
  })

  it('reads the store once for all questions until something is published', async () => {
    await week({})
    await find('eple')
    const before = site.statements.count
    await Promise.all(['eple', 'grey', 'world'].map(find))
    expect(site.statements.count).toBe(before)
  })

  it('may be kept for a minute, by every origin, and answers 304', async () => {
    await week({})
    const { headers } = await get('q=eple')
    expect(headers['cache-control']).toContain('max-age=60')
    expect(headers['access-control-allow-origin']).toBe('*')
    expect((await get('q=eple', { 'if-none-match': String(headers.etag) })).statusCode).toBe(304)
  })

  it.each(['', 'q=', 'q=a&artist=b', 'artist=', `q=${'a'.repeat(201)}`, 'q=a&limit=0', 'q=a&limit=101', 'q=a&q=b'])(
    'refuses %j',
    async (query) => {
      const answer = await get(query)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ code: 'invalid-request' })
    },
  )

  it.each(["' OR 1=1 --", '<script>', '%', '\\', '\u0000', '{q:String}', 'a'.repeat(200), 'ä́̈'.repeat(60)])(
    'takes %j as words and nothing else',
    async (question) => {
      await week({})
      expect((await get(new URLSearchParams({ q: question }).toString())).statusCode).toBe(200)
    },
  )
})
