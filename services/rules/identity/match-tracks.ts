/**
 * Tracks that the key took for different ones and that are the same: misspelt, with a tag missing or in another's
 * place. Pure; the answer does not depend on the order of the records.
 *
 * @example
 * matchTracks([
 *   { id: 'a', artist: 'Aerosmith', title: 'Dream On', album: 'Aerosmith', lengthSeconds: 268 },
 *   { id: 'b', artist: 'Areosmith', title: 'Dream On', album: 'Aerosmith', lengthSeconds: 268 },
 * ])
 * // [{ from: 'b', to: 'a', score: 0.99…, reason: 'misspelt', isSure: true }]
 * @module
 */
import { forEachCandidate, RECORDS_MAX } from './block-records.ts'
import { type ComparedRecord, type Comparison, compareRecords, type MergeReason } from './compare-records.ts'
import { createTrackGroups } from './group-tracks.ts'
import { readLengths, readYear } from './read-numbers.ts'
import { type Reading, readingsOf } from './readings.ts'
import { createWordWeights } from './word-weights.ts'

/** A track as its plays name it. All tags are optional, and any text may be in any of them. */
export interface MatchRecord {
  /** Unique among the records. */
  readonly id: string
  readonly title?: string | undefined
  readonly artist?: string | undefined
  readonly album?: string | undefined
  readonly remixer?: string | undefined
  readonly year?: string | number | undefined
  /** Seconds, or what `readLengths` understands; several where its plays differ. */
  readonly lengthSeconds?: string | number | readonly (string | number)[] | undefined
  /** How much the record weighs when a group chooses which of its ids stays: plays, lines. 1 where absent. */
  readonly weight?: number | undefined
}

/** `from` is the same track as `to`. */
export interface Merge {
  readonly from: string
  readonly to: string
  /** From 0 to 1. */
  readonly score: number
  readonly reason: MergeReason
  /** A sure one applies by itself; one that is not is a suggestion for an editor. */
  readonly isSure: boolean
}

export interface MatchOptions {
  /** Suggestions too, not only sure merges. Default true. */
  readonly withDoubtful?: boolean
}

/** Readings are made when a record is compared, and so many are kept: that bounds the memory. */
const READINGS_KEPT_MAX = 150_000
/** Suggestions below this are more often wrong than right. */
const DOUBTFUL_BITS = 0

interface Pair extends Comparison {
  readonly a: number
  readonly b: number
}

/**
 * The merges among the records: the sure ones of each group to the id that stays, no id twice; then the doubtful ones
 * between groups, the best of each two. Throws a RangeError over {@link RECORDS_MAX} records.
 */
export function matchTracks(records: readonly MatchRecord[], { withDoubtful = true }: MatchOptions = {}): Merge[] {
  if (records.length > RECORDS_MAX) throw new RangeError(`${records.length} records are more than ${RECORDS_MAX}`)
  // From here on records are numbered by what they say, so that their order in the input decides nothing.
  const sorted = records
    .map((record) => ({ record, content: contentOf(record) }))
    .sort((a, b) => compareTexts(a.content, b.content) || compareTexts(a.record.id, b.record.id))
    .map(({ record }) => record)
  const recordAt = (index: number): MatchRecord => sorted[index] ?? { id: '' }
  const facts = sorted.map((record) => ({ lengths: lengthsOf(record), year: readYear(record.year) }))
  const weights = createWordWeights()
  const readings = remembering((index) => readingsOf(recordAt(index)))
  const compared = (index: number): ComparedRecord => {
    const { lengths, year } = facts[index] ?? { lengths: [], year: undefined }
    return { readings: readings(index), lengths, year }
  }
  const compare = (a: number, b: number): Comparison | undefined =>
    compareRecords(compared(a), compared(b), weights.of, weights.priorBits())

  const pairs: Pair[] = []
  forEachCandidate(
    sorted.length,
    (index) => {
      const [first, ...others] = readings(index)
      if (first === undefined) return new Set()
      const words = wordsOfReading(first)
      weights.add(words)
      return blockKeys(words, [first, ...others], facts[index]?.lengths ?? [])
    },
    (a, b) => {
      const comparison = compare(a, b)
      if (comparison !== undefined && (comparison.isSure || (withDoubtful && comparison.bits >= DOUBTFUL_BITS))) {
        pairs.push({ ...comparison, a, b })
      }
    },
  )
  pairs.sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b)
  const groups = createTrackGroups(
    sorted.length,
    compare,
    (index) => recordAt(index).weight ?? 1,
    (index) => recordAt(index).id,
  )
  const merges = groups.join(pairs.filter(({ isSure }) => isSure))
  return [...merges, ...(withDoubtful ? groups.suggest(pairs) : [])].map(({ from, to, bits, reason, isSure }) => ({
    from: recordAt(from).id,
    to: recordAt(to).id,
    score: scoreOf(bits),
    reason,
    isSure,
  }))
}

/** Bits as a number from 0 to 1 that keeps their order: 8 more halve the doubt. */
function scoreOf(bits: number): number {
  return Math.round((1 - 0.5 * 2 ** (-Math.max(0, bits) / 8)) * 10_000) / 10_000
}

function contentOf(record: MatchRecord): string {
  const { title, artist, album, remixer, year, lengthSeconds } = record
  return JSON.stringify([artist ?? '', title ?? '', album ?? '', remixer ?? '', year ?? '', lengthSeconds ?? ''])
}

/** By code units: the same order in every locale. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function lengthsOf({ lengthSeconds }: MatchRecord): number[] {
  const values = Array.isArray(lengthSeconds) ? lengthSeconds : [lengthSeconds]
  return values.flatMap((value) => readLengths(value))
}

function wordsOfReading({ title, artist, album, versions }: Reading): Set<string> {
  return new Set([
    ...(title?.words ?? []),
    ...(artist?.words ?? []),
    ...(album?.words ?? []),
    ...versions.flatMap((version) => version.split(' ')),
  ])
}

/** What records that are the same track have in common, whatever is misspelt or missing in one of them. */
function blockKeys(words: ReadonlySet<string>, readings: readonly Reading[], lengths: readonly number[]): Set<string> {
  const keys = new Set(words)
  const [first] = readings
  for (const field of [first?.title, first?.artist, first?.album]) {
    field?.words.forEach((word, index) => {
      if (index > 0) keys.add(`${field.words[index - 1]} ${word}`)
    })
  }
  for (const { title, artist, album } of readings) {
    const beginnings = [title, artist, album].map((field) => field?.run.slice(0, 5) ?? '')
    if (title !== undefined && artist !== undefined) {
      keys.add(`ta ${beginnings[0]} ${beginnings[1]}`).add(`at ${title.run.slice(-5)} ${artist.run.slice(-5)}`)
    }
    for (const length of lengths) {
      // Lengths within a second share at least one of two halves.
      const halves = [Math.round(length / 2), Math.round((length + 1) / 2)]
      for (const half of halves) for (const begin of beginnings) if (begin !== '') keys.add(`l ${half} ${begin}`)
    }
  }
  return keys
}

function remembering(read: (index: number) => Reading[]): (index: number) => Reading[] {
  let known = new Map<number, Reading[]>()
  return (index) => {
    const before = known.get(index)
    if (before !== undefined) return before
    if (known.size >= READINGS_KEPT_MAX) known = new Map()
    const value = read(index)
    known.set(index, value)
    return value
  }
}
