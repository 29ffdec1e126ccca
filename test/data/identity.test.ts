import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type IdentifiedTags, identifyTracks } from '#rules/identity/identify-tracks.ts'
import { trackIdentity } from '#rules/identity/track-key.ts'
import { readCsv } from '../support/csv.ts'
import { sharedData, withoutSharedData } from '../support/shared-data.ts'

type Row = Readonly<Record<string, string>>

const read = (name: string): Row[] => readCsv(readFileSync(join(sharedData, name), 'utf8'))

interface Quality {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

function quality(name: string, found: number, right: number, wanted: number): Quality {
  const [precision, recall] = [right / found, right / wanted]
  const f1 = (2 * precision * recall) / (precision + recall)
  const figures = [precision, recall, f1].map((figure) => figure.toFixed(4))
  console.info(`${name}: precision ${figures[0]}, recall ${figures[1]}, F1 ${figures[2]}`)
  return { precision, recall, f1 }
}

/** Of all pairs of rows with one id those with one cluster, and the reverse. */
function pairwise(name: string, ids: readonly string[], clusters: readonly string[]): Quality {
  const pairs = (keys: readonly string[]): number => {
    const counts = new Map<string, number>()
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
    return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  }
  return quality(name, pairs(ids), pairs(ids.map((id, index) => `${id} ${clusters[index]}`)), pairs(clusters))
}

/** Two lines that name nothing are not one track. */
const identify = (lines: readonly IdentifiedTags[]): string[] =>
  identifyTracks(lines).map((id, index) => id ?? `nothing ${index}`)

describe.skipIf(withoutSharedData)('identity of 9,760 rows of five catalogues with the errors of real ones', () => {
  const rows = withoutSharedData ? [] : read('matching/musicbrainz20k-dev.csv')
  const tagsOf = ({ title, artist, album, year, length }: Row): IdentifiedTags => ({
    title,
    artist,
    album,
    year,
    lengthSeconds: length,
  })
  const measure = (name: string, of: readonly Row[], tags = tagsOf): Quality =>
    pairwise(
      `musicbrainz20k, ${name}`,
      identify(of.map(tags)),
      of.map((row) => row['cluster_id'] ?? ''),
    )
  /** The errors that the rules were tuned by are those of clusters with even numbers; the others are only measured. */
  const isTuned = (row: Row): boolean => Number(row['cluster_id']) % 2 === 0

  it('is as right on the clusters that the rules were not tuned on', () => {
    measure('tuned on', rows.filter(isTuned))
    const { precision, f1 } = measure(
      'held out',
      rows.filter((row) => !isTuned(row)),
    )
    expect(precision).toBeGreaterThanOrEqual(0.995)
    expect(f1).toBeGreaterThanOrEqual(0.96)
  })

  it('is right on all of them together', () => {
    const { precision, f1 } = measure('all', rows)
    expect(precision).toBeGreaterThanOrEqual(0.995)
    expect(f1).toBeGreaterThanOrEqual(0.96)
  })

  it('is nearly as right where no length is known', () => {
    const { precision, f1 } = measure('without lengths', rows, (row) => ({ ...tagsOf(row), lengthSeconds: undefined }))
    expect(precision).toBeGreaterThanOrEqual(0.995)
    expect(f1).toBeGreaterThanOrEqual(0.94)
  })

  it('keeps apart what only the key has to keep apart', () => {
    const ids = rows.map(({ title, artist }, index) => {
      const identity = trackIdentity({ title, artist })
      return identity.kind === 'track' ? identity.trackId : `nothing ${index}`
    })
    const clusters = rows.map((row) => row['cluster_id'] ?? '')
    expect(pairwise('musicbrainz20k, the key alone', ids, clusters).precision).toBeGreaterThanOrEqual(0.995)
  })
})

describe.skipIf(withoutSharedData)('identity of labelled pairs of two music shops', () => {
  const side = (row: Row, name: 'left' | 'right'): IdentifiedTags => ({
    title: row[`${name}_Song_Name`],
    artist: row[`${name}_Artist_Name`],
    album: row[`${name}_Album_Name`],
    lengthSeconds: row[`${name}_Time`],
  })

  function measure(name: string, rows: readonly Row[], isSame: (index: number) => boolean): Quality {
    const found = rows.flatMap((_, index) => (isSame(index) ? [index] : []))
    const isLabelled = (index: number): boolean => rows[index]?.['label'] === '1'
    const wanted = rows.filter((row) => row['label'] === '1').length
    return quality(`itunes-amazon, ${name}`, found.length, found.filter(isLabelled).length, wanted)
  }

  it.each([
    ['train', 0.97],
    ['validation', 0.97],
  ])('is right for %s.csv, all lines read together and each pair by itself', (name, least) => {
    const rows = read(`matching/itunes-amazon/${name}.csv`)
    const together = identify(rows.flatMap((row) => [side(row, 'left'), side(row, 'right')]))
    const apart = rows.map((row) => identify([side(row, 'left'), side(row, 'right')]))
    const ofTogether = measure(`${name} together`, rows, (index) => together[2 * index] === together[2 * index + 1])
    const ofPairs = measure(`${name} by pairs`, rows, (index) => apart[index]?.[0] === apart[index]?.[1])
    expect(ofTogether.f1).toBeGreaterThanOrEqual(least)
    expect(ofPairs.f1).toBeGreaterThanOrEqual(least)
  })
})

describe.skipIf(withoutSharedData)('identity of the songs that radio stations play', () => {
  const songs = withoutSharedData
    ? []
    : [
        ...new Map(
          read('radio/plays.csv').map(({ artist, song }) => [`${artist}: ${song}`, { artist, title: song }]),
        ).values(),
      ]

  /** Which of them share an id, each group as a reader would write it. */
  function groupsOf(ids: readonly string[]): string[] {
    const groups = new Map<string, string[]>()
    ids.forEach((id, index) => {
      const { artist, title } = songs[index] ?? {}
      groups.set(id, [...(groups.get(id) ?? []), `${artist}: ${title}`])
    })
    return [...groups.values()]
      .filter(({ length }) => length > 1)
      .map((group) => group.sort().join(' = '))
      .sort()
  }

  /** Two spellings of one song, all that the key finds. */
  const spellings = [
    'Bob Seger: Fire Down Below = Bob Seger: The Fire Down Below',
    'Jackson Browne: Load Out/Stay = Jackson Browne: The Load-out/stay',
    'James Gang: Funk #49 = The James Gang: Funk #49',
    'Styx: GRAND ILLUSION = Styx: The Grand Illusion',
    'The Beatles: BALLAD OF JOHN AND YOKO = The Beatles: The Ballad Of John And Yoko',
  ]

  it('keeps 2,231 of them apart, but for spellings that a reader would call the same', () => {
    expect(songs).toHaveLength(2231)
    const ids = songs.map((song, index) => {
      const identity = trackIdentity(song)
      return identity.kind === 'track' ? identity.trackId : `nothing ${index}`
    })
    expect(groupsOf(ids)).toEqual(spellings)
    expect(ids.filter((id) => id.startsWith('nothing'))).toHaveLength(2)
  })

  it('merges by matching only misspellings and joint artists left out', () => {
    expect(groupsOf(identify(songs))).toEqual(
      [
        ...spellings,
        'Queen / David Bowie: Under Pressure = Queen: Under Pressure',
        'Rolling Stones: Get Off My Cloud = Rolling Stones: Get Off Of My Cloud',
        "Stephen Stills: Love the One You're With = Steven Stills: Love The One You'Re With",
        "Stevie Nicks w/ Tom Petty and the Heartbreakers: Stop Draggin' My Heart Around = Stevie Nicks: Stop Draggin' My Heart Around = Tom Petty & The Heartbreakers: Stop Draggin' My Heart Around",
      ].sort(),
    )
  })
})
