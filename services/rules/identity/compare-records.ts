/**
 * Whether two records are the same track: evidence in bits, for and against (after Fellegi and Sunter, "A theory for
 * record linkage", 1969). Agreement on rare words counts more than on common ones.
 * @module
 */
import type { Field, Reading } from './readings.ts'
import { editSimilarity, wordSimilarity } from './similarity.ts'

export interface ComparedRecord {
  readonly readings: readonly Reading[]
  /** What the length may be, in seconds. */
  readonly lengths: readonly number[]
  /** Last two digits. */
  readonly year: number | undefined
}

/** Why two records are taken for the same. */
export type MergeReason = 'same-tags' | 'misspelt' | 'tag-elsewhere' | 'title-missing' | 'artist-missing'

export interface Comparison {
  readonly bits: number
  readonly isSure: boolean
  /** Numbers or versions differ: never the same, however alike the rest is. */
  readonly isConflict: boolean
  readonly reason: MergeReason
}

/** Below this likeness two titles, artists or albums are different ones. */
const TITLE_LEAST = 0.6

/** The best comparison among all readings; undefined where nothing speaks for the same track. */
export function compareRecords(
  a: ComparedRecord,
  b: ComparedRecord,
  weightOf: (word: string) => number,
  priorBits: number,
): Comparison | undefined {
  const length = compareLengths(a.lengths, b.lengths)
  const year = a.year === undefined || b.year === undefined ? 0 : a.year === b.year ? 3 : -1
  let best: Comparison | undefined
  a.readings.forEach((left, i) => {
    b.readings.forEach((right, j) => {
      const compared = compareReadings(left, right, { weightOf, priorBits, length, year, isElsewhere: i + j > 0 })
      if (compared !== undefined && (best === undefined || rank(compared) > rank(best))) best = compared
    })
  })
  return best
}

/** A sure reading before a likelier one that is not, an agreeing one before one in conflict. */
function rank(compared: Comparison): number {
  return compared.bits + (compared.isSure ? 1000 : 0) - (compared.isConflict ? 1000 : 0)
}

interface Circumstances {
  readonly weightOf: (word: string) => number
  readonly priorBits: number
  readonly length: LengthAgreement
  readonly year: number
  readonly isElsewhere: boolean
}

function compareReadings(a: Reading, b: Reading, around: Circumstances): Comparison | undefined {
  const { weightOf, priorBits, length, year } = around
  const title = a.title === undefined || b.title === undefined ? undefined : likeness(a.title, b.title, weightOf)
  const isCutShort =
    title !== undefined && length === 'same' && (isWithin(a.title, b.title) || isWithin(b.title, a.title))
  // Most candidates end here, before the costlier comparisons.
  if (title !== undefined && title < TITLE_LEAST && !isCutShort) return undefined
  const artist = a.artist === undefined || b.artist === undefined ? undefined : artistLikeness(a, b, weightOf)
  const album = a.album === undefined || b.album === undefined ? undefined : albumLikeness(a.album, b.album, weightOf)
  if ((a.isAlbumDoubtful || b.isAlbumDoubtful) && (album ?? 0) < 0.8) return undefined
  const bits =
    fieldBits(isCutShort ? Math.max(title, 0.75) : title, a.title, weightOf, { most: 18, against: 10 }) +
    fieldBits(artist, a.artist, weightOf, { most: 12, against: 10 }) +
    fieldBits(album, a.album, weightOf, { most: 10, against: 2 }) +
    lengthBits[length] +
    year -
    priorBits
  const isConflict = title !== undefined && (a.numbers !== b.numbers || areOtherVersions(a, b, album, length))
  const reason =
    title === undefined
      ? 'title-missing'
      : artist === undefined
        ? 'artist-missing'
        : around.isElsewhere
          ? 'tag-elsewhere'
          : title === 1 && artist === 1
            ? 'same-tags'
            : 'misspelt'
  const isSure = !isConflict && bits >= SURE_BITS && isSupported({ title, artist, album, length, isCutShort })
  return { bits, isSure, isConflict, reason }
}

/** So much more likely than not, as a power of 2, are records the same that are merged by themselves. */
const SURE_BITS = 3

interface Likenesses {
  readonly title: number | undefined
  readonly artist: number | undefined
  readonly album: number | undefined
  readonly length: LengthAgreement
  readonly isCutShort: boolean
}

/** Bits add up as though tags were independent; tracks of one album are not, so some agreement has to be there. */
function isSupported({ title, artist, album, length, isCutShort }: Likenesses): boolean {
  const isAlbum = album !== undefined && album >= 0.8
  const isLength = length === 'same'
  if (title === undefined) return isLength && isAlbum && (artist === undefined || artist >= 0.8)
  if (artist === undefined) return title >= 0.8 && (isAlbum || isLength)
  if (artist < 0.6) return title >= 0.9 && isAlbum && isLength
  // Bands are named after bands: a name that is only like another's needs more than a title.
  if (artist < 0.8 && !isAlbum && !isLength) return false
  if (title >= 0.85) return true
  if (isCutShort) return isAlbum && artist >= 0.75
  return isLength && (isAlbum || title >= 0.75)
}

function likeness(a: Field, b: Field, weightOf: (word: string) => number): number {
  if (a.run === b.run) return 1
  const ofRuns = editSimilarity(a.run, b.run, 0.5)
  if (ofRuns >= 0.95) return ofRuns
  const ofWords = wordSimilarity(a.words, b.words, weightOf)
  // The same words in another order may be another song: `hey hey, my my` and `my my, hey hey`.
  return Math.max(ofRuns, ofRuns < 0.6 ? Math.min(ofWords, 0.84) : ofWords)
}

/** Albums are cut short, or have the edition behind their name. */
function albumLikeness(a: Field, b: Field, weightOf: (word: string) => number): number {
  const direct = likeness(a, b, weightOf)
  return direct < 0.8 && (isWithin(a, b) || isWithin(b, a)) ? 0.8 : direct
}

/** Whether the words of one field are all in the other's, which says more. */
function isWithin(few: Field | undefined, many: Field | undefined): boolean {
  if (few === undefined || many === undefined || few.words.length >= many.words.length) return false
  return few.words.every((word) => many.words.includes(word))
}

/** Joint artists are left out as often as featured ones: those that one side names may be among the other's. */
function artistLikeness(a: Reading, b: Reading, weightOf: (word: string) => number): number {
  if (a.artist === undefined || b.artist === undefined) return 0
  const direct = likeness(a.artist, b.artist, weightOf)
  if (direct >= 0.9) return direct
  const [few, many] = a.names.length < b.names.length ? [a, b] : [b, a]
  const others = [...many.names, ...many.featured]
  if (few.names.every((name) => others.some((other) => editSimilarity(name, other, 0.8) > 0))) return 0.9
  return isWithin(a.artist, b.artist) || isWithin(b.artist, a.artist) ? Math.max(direct, 0.75) : direct
}

function fieldBits(
  likeness: number | undefined,
  field: Field | undefined,
  weightOf: (word: string) => number,
  { most, against }: { most: number; against: number },
): number {
  if (likeness === undefined || field === undefined) return 0
  if (likeness <= 0.5) return -against
  if (likeness < 0.7) return (-against * (0.7 - likeness)) / 0.2
  let weight = 0
  for (const word of field.words) weight += weightOf(word)
  return (Math.min(most, Math.max(3, weight)) * (likeness - 0.7)) / 0.3
}

type LengthAgreement = 'unknown' | 'same' | 'near' | 'apart' | 'far'

const lengthBits: Readonly<Record<LengthAgreement, number>> = { unknown: 0, same: 6, near: 2, apart: -2, far: -5 }

/** Catalogues round lengths: 1.5 seconds are none. */
function compareLengths(a: readonly number[], b: readonly number[]): LengthAgreement {
  if (a.length === 0 || b.length === 0) return 'unknown'
  let least = Number.POSITIVE_INFINITY
  let share = 1
  for (const left of a) {
    for (const right of b) {
      const apart = Math.abs(left - right)
      if (apart < least) [least, share] = [apart, apart / Math.max(left, right)]
    }
  }
  if (least <= 1.5) return 'same'
  if (least <= 4 || share <= 0.02) return 'near'
  return share <= 0.25 ? 'apart' : 'far'
}

/** They are as long as the original, so that a length says nothing of them. */
const asLongAsTheOriginal = /\b(?:instrumental|karaoke|acapella|vocal|version|clean)\b/

/** Versions that differ are other tracks, but for a name that one side leaves out where all else agrees. */
function areOtherVersions(a: Reading, b: Reading, album: number | undefined, length: LengthAgreement): boolean {
  const [left, right] = [a.versions.join(' '), b.versions.join(' ')]
  if (left === right || editSimilarity(left, right, 0.75) > 0) return false
  if (left !== '' && right !== '') return !isPartOf(left, right) && !isPartOf(right, left)
  const isLeftOut = length === 'same' && album !== undefined && album >= 0.8
  return !isLeftOut || asLongAsTheOriginal.test(left + right)
}

/** `live` is `live at wembley` said in short. */
function isPartOf(few: string, many: string): boolean {
  const words = many.split(' ')
  return few.split(' ').every((word) => words.includes(word))
}
