import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identifyTracks } from '#rules/identity/identify-tracks.ts'
import { type MatchRecord, matchTracks } from '#rules/identity/match-tracks.ts'
import { readLengths, readYear } from '#rules/identity/read-numbers.ts'
import { editSimilarity } from '#rules/identity/similarity.ts'

const dreamOn: MatchRecord = {
  id: 'a',
  artist: 'Aerosmith',
  title: 'Dream On',
  album: 'Aerosmith',
  lengthSeconds: 268,
  weight: 9,
}
const seasons: MatchRecord = {
  id: 's',
  artist: 'Vivaldi',
  title: 'The Four Seasons: Spring',
  album: 'Concertos',
  lengthSeconds: 212,
}

function sureMerges(...records: MatchRecord[]): string[] {
  return matchTracks(records, { withDoubtful: false }).map(({ from, to, reason }) => `${from}>${to} ${reason}`)
}

describe('matching tracks', () => {
  it('merges a misspelt artist or title into the one that is played more', () => {
    expect(sureMerges(dreamOn, { ...dreamOn, id: 'b', artist: 'Areosmith', weight: 1 })).toEqual(['b>a misspelt'])
    expect(sureMerges({ ...dreamOn, id: 'b', title: 'Draem On', weight: 1 }, dreamOn)).toEqual(['b>a misspelt'])
  })

  it('finds the artist and the album in the title', () => {
    const { artist: _, ...withoutArtist } = dreamOn
    const { album: __, ...withoutAlbum } = { ...seasons, title: 'The Four Seasons: Spring - Concertos', id: 't' }
    expect(sureMerges(dreamOn, { ...withoutArtist, id: 'b', title: 'Aerosmith - Dream On', weight: 1 })).toHaveLength(1)
    expect(sureMerges(seasons, withoutAlbum)).toEqual(['t>s tag-elsewhere'])
  })

  it('finds the track of a line without an artist or a title by album and length', () => {
    const { artist: _, ...withoutArtist } = seasons
    expect(sureMerges(seasons, { ...withoutArtist, id: 't' })).toEqual(['t>s artist-missing'])
    expect(sureMerges(seasons, { ...seasons, id: 't', title: '' })).toEqual(['t>s title-missing'])
    expect(sureMerges(seasons, { ...seasons, id: 't', title: '', lengthSeconds: 190 })).toEqual([])
  })

  it.each([
    ['Dream On, Pt. 1', 'Dream On, Pt. 2'],
    ['Dream On', 'Dream On 2'],
    ['Symphony No. 5', 'Symphony No. 6'],
    ['Dream On (Live)', 'Dream On'],
    ['Dream On (Burns Remix)', 'Dream On (R3hab Remix)'],
    ['Dream On (Instrumental)', 'Dream On'],
  ])('never merges %s with %s by itself', (one, other) => {
    const records = [
      { ...dreamOn, id: 'a', title: one, album: 'Get Your Wings', lengthSeconds: 200 },
      { ...dreamOn, id: 'b', title: other, album: 'Greatest Hits', lengthSeconds: 290 },
    ]
    expect(sureMerges(...records)).toEqual([])
  })

  it('keeps a remix apart that only the remixer tag names', () => {
    expect(sureMerges(dreamOn, { ...dreamOn, id: 'b', remixer: 'Burns', lengthSeconds: 331 })).toEqual([])
  })

  it('merges no two bands of names that are only alike', () => {
    const hey = { title: 'Hey Hey What Can I Do' }
    expect(
      sureMerges({ id: 'a', artist: 'Led Zeppelin', ...hey }, { id: 'b', artist: 'Dread Zeppelin', ...hey }),
    ).toEqual([])
  })

  it('merges no songs of the same words in another order', () => {
    const young = { artist: 'Neil Young' }
    const records = [
      { id: 'a', ...young, title: 'Hey Hey, My My' },
      { id: 'b', ...young, title: 'My My, Hey Hey' },
    ]
    expect(sureMerges(...records)).toEqual([])
    expect(matchTracks(records)).toMatchObject([{ from: 'b', to: 'a', isSure: false }])
  })

  it('follows no chain to a track that contradicts the first', () => {
    // The middle one lacks the number, so that it is like both.
    const records = ['Symphony 5 Allegro', 'Symphony Allegro', 'Symphony 6 Allegro'].map((title, index) => ({
      ...seasons,
      id: `${index}`,
      title,
    }))
    expect(sureMerges(...records)).toEqual([])
  })

  it('gives each id that merges once, with a score from 0 to 1', () => {
    const records = ['Aerosmith', 'Areosmith', 'Aerosmit', 'Aerosmyth'].map((artist, index) => ({
      ...dreamOn,
      artist,
      id: `${index}`,
    }))
    const merges = matchTracks(records)
    expect(merges.map(({ from, to }) => `${from}>${to}`).sort()).toEqual(['1>0', '2>0', '3>0'])
    for (const { score } of merges) expect(score > 0.5 && score <= 1).toBe(true)
  })

  const text = fc.constantFrom(
    'Dream On',
    'Draem On',
    'Aerosmith',
    'Aerosmith - Dream On',
    'Dream On (Live)',
    'Vivaldi',
    'Spring',
    '',
  )
  const record = fc.record(
    {
      title: text,
      artist: text,
      album: text,
      year: fc.constantFrom(1973, "'73"),
      lengthSeconds: fc.constantFrom(268, '4:28', 190),
    },
    { requiredKeys: [] },
  )

  it('answers the same in whatever order the records come', () => {
    const records = fc
      .array(record, { maxLength: 20 })
      .map((tags) => tags.map((tag, index) => ({ ...tag, id: `${index}` })))
    const shuffled = records.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(matchTracks(other)).toEqual(matchTracks(list))
      }),
      { numRuns: 150 },
    )
  })

  it('groups lines the same in whatever order they come', () => {
    const groups = (lines: readonly object[]): string[] => {
      const ids = identifyTracks(lines)
      const byId = new Map<string, string[]>()
      lines.forEach((line, index) => {
        const id = ids[index] ?? 'none'
        byId.set(id, [...(byId.get(id) ?? []), JSON.stringify(line)])
      })
      return [...byId.values()].map((group) => group.sort().join()).sort()
    }
    const shuffled = fc
      .array(record, { maxLength: 15 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(groups(other)).toEqual(groups(list))
      }),
      { numRuns: 150 },
    )
  })

  it('takes any texts', () => {
    const any = fc.option(fc.oneof(fc.string({ unit: 'binary', maxLength: 3000 }), text), { nil: undefined })
    fc.assert(
      fc.property(fc.array(fc.tuple(any, any, any), { maxLength: 8 }), (list) => {
        const lines = list.map(([title, artist, album]) => ({
          title,
          artist,
          album,
          year: album,
          lengthSeconds: title,
        }))
        expect(identifyTracks(lines)).toHaveLength(lines.length)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the likeness of texts', () => {
  /** The definition (optimal string alignment), cell by cell. */
  function distance(a: string, b: string): number {
    const table: number[][] = []
    const at = (i: number, j: number): number => table[i]?.[j] ?? 0
    for (let i = 0; i <= a.length; i++) {
      const row: number[] = []
      table.push(row)
      for (let j = 0; j <= b.length; j++) {
        if (i === 0 || j === 0) row.push(i + j)
        else {
          const cost = a[i - 1] === b[j - 1] ? 0 : 1
          const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          row.push(
            Math.min(
              at(i - 1, j) + 1,
              at(i, j - 1) + 1,
              at(i - 1, j - 1) + cost,
              isSwap ? at(i - 2, j - 2) + 1 : Infinity,
            ),
          )
        }
      }
    }
    return at(a.length, b.length)
  }

  it('is what the definition of the distance says, for short and long texts', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 45 })
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const longest = Math.max(a.length, b.length, 1)
        expect(editSimilarity(a, b)).toBeCloseTo(1 - distance(a, b) / longest, 10)
      }),
      { numRuns: 2000 },
    )
  })

  it('is nothing below the least that is asked for', () => {
    expect(editSimilarity('dream', 'draem', 0.7)).toBeCloseTo(0.8)
    expect(editSimilarity('dream', 'drxyz', 0.7)).toBe(0)
  })
})

describe('lengths and years', () => {
  it.each<[string | number | undefined, number[]]>([
    ['04:04', [244]],
    ['1:02:03', [3723]],
    ['3m 36sec', [216]],
    ['0m 6sec', [6]],
    [198, [198]],
    ['198', [198]],
    ['195000', [195]],
    [195_000, [195]],
    ['4.5', [270, 4.5]],
    [212.5, [212.5]],
    ['00:00', []],
    ['unknown', []],
    ['', []],
    [undefined, []],
    [-1, []],
    [Number.NaN, []],
  ])('reads a length of %j', (value, seconds) => {
    expect(readLengths(value)).toEqual(seconds)
  })

  it.each<[string | number | undefined, number | undefined]>([
    [1997, 97],
    ["'97", 97],
    ['97', 97],
    ['1997-04-01', 97],
    ['5', 5],
    ['n.a.', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads a year of %j', (value, year) => {
    expect(readYear(value)).toBe(year)
  })
})
