import { describe, expect, it } from 'vitest'
import { contentHash, type Place, toEntries } from '../../services/charts/chart-entries.ts'

const place: Place = {
  track: '1',
  djs: 9,
  plays: 12,
  artist: 'Harbour Lights',
  artistDjs: 9,
  title: 'Low Tide',
  titleDjs: 9,
  label: 'Quay',
  labelDjs: 9,
  cleanLabel: 'quay',
  cleanLabelDjs: 9,
}
const entry = (changes: Partial<Place>) => toEntries([{ ...place, ...changes }], 5)[0]

describe('texts of an entry', () => {
  it('are the spelling that enough accounts share', () => {
    expect(entry({ artistDjs: 5, titleDjs: 5, labelDjs: 5 })).toMatchObject({
      artist: 'Harbour Lights',
      title: 'Low Tide',
      label: 'Quay',
    })
  })

  it.each([
    ['HARBOUR  lights', 'Harbour Lights'],
    ['Harbour Lights feat. Otis', 'Harbour Lights'],
    ['ana-maria', 'Ana Maria'],
    ['初音ミク', '初音ミク'],
  ])('show nothing of how one person typed “%s”, but the form that all share', (artist, shown) => {
    const spellings = [
      { artist, title: 'Low Tide', djs: 4 },
      { artist: artist.toUpperCase(), title: 'Low Tide (Original Mix)', djs: 5 },
    ]
    expect(entry({ artist, artistDjs: 4, spellings })?.artist).toBe(shown)
  })

  it('show the cleaned title where no spelling of it is shared', () => {
    const spellings = [
      { artist: 'Harbour Lights', title: 'LOW TIDE', djs: 3 },
      { artist: 'Harbour Lights', title: 'Low Tide (Clean)', djs: 3 },
      { artist: 'Harbour Lights', title: 'low tide', djs: 3 },
    ]
    expect(entry({ title: 'LOW TIDE', titleDjs: 3, spellings })?.title).toBe('Low Tide')
  })

  it('withhold an entry with no form that enough share, and the next takes its place', () => {
    const spellings = [
      { artist: 'Harbour Lights', title: 'Low Tide', djs: 4 },
      { artist: 'Mara Vell', title: 'Low Tide', djs: 4 },
    ]
    const withheld = { ...place, djs: 8, artistDjs: 4, spellings }
    expect(toEntries([withheld, { ...place, track: '2', djs: 7 }], 5)).toMatchObject([{ rank: 1, track: '2' }])
  })

  it('leave out a label that too few share', () => {
    expect(entry({ label: 'QUAY', labelDjs: 4, cleanLabelDjs: 4 })?.label).toBe('')
  })

  it('show a label that enough share but for its case', () => {
    expect(entry({ label: 'QUAY', labelDjs: 3, cleanLabel: 'quay', cleanLabelDjs: 6 })?.label).toBe('Quay')
  })
})

describe('entries', () => {
  it('leave out tracks with too few accounts, and count ranks without a gap', () => {
    const entries = toEntries([place, { ...place, track: '2', djs: 4 }, { ...place, track: '3', djs: 5 }], 5)
    expect(entries.map(({ rank, track }) => [rank, track])).toEqual([
      [1, '1'],
      [2, '3'],
    ])
  })

  it('are at most a hundred', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ ...place, track: String(index) }))
    expect(toEntries(many, 5)).toHaveLength(100)
  })
})

it('a chart has another hash when anything that readers see is another', () => {
  const entries = toEntries([place], 5)
  const hashes = [
    contentHash(9, 12, entries),
    contentHash(10, 12, entries),
    contentHash(9, 13, entries),
    contentHash(9, 12, []),
    contentHash(9, 12, toEntries([{ ...place, labelDjs: 1, cleanLabelDjs: 1 }], 5)),
  ]
  expect(new Set(hashes).size).toBe(hashes.length)
  expect(contentHash(9, 12, toEntries([place], 5))).toBe(hashes[0])
})
