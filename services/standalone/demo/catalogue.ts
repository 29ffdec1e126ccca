/**
 * The tracks of the demo's world, and how much each is played where and when.
 *
 * Every week brings new tracks to each genre. Few of them are hits, most are hardly played (a heavy tail, as in every
 * real chart); each rises, peaks after some weeks and fades; a few old ones are always played. Each has a home, where it
 * is played more, and every country has its own taste.
 * @module
 */
import { djHomes } from './dj-homes.ts'
import { inventArtist, inventLabel, inventTitle } from './invented-names.ts'
import { musicStyles } from './music-styles.ts'
import { createRandom, normalOf, unitOf, weightedIndex } from './random.ts'

/** New tracks a week in each genre. */
const RELEASES_A_WEEK = 8
/** After this many weeks nobody picks a track up any more. */
const AGE_WEEKS_MAX = 18
/** Old tracks that are always played, a genre: their numbers are -1, -2, … */
const CLASSICS = 150
const ARTISTS_A_STYLE = 90
const LABELS_A_STYLE = 14

/** What is remembered, at most; the rest is made anew when it is asked for. About 60 MB. */
const TRACKS_REMEMBERED_MAX = 20_000
const CROWDS_REMEMBERED_MAX = 8_000

/** What a number is drawn for, so that no two draws share their keys. */
const draw = { artist: 1, label: 2, track: 3, taste: 4, quality: 5 } as const

export interface CatalogueTrack {
  /** Place of its genre in {@link musicStyles}. */
  readonly style: number
  /** Number in its genre; below 0 for a classic. */
  readonly number: number
  readonly artist: string
  readonly title: string
  readonly label: string
  readonly remixer: string | undefined
  readonly album: string | undefined
  readonly bpm: number
  /** Camelot, 1A to 12B. */
  readonly camelot: { readonly hour: number; readonly isMajor: boolean }
  /** Week since the epoch in which it came out; `undefined` for a classic. */
  readonly releaseWeek: number | undefined
  readonly year: number
  readonly lengthSeconds: number
  /** Place of its home in {@link djHomes}. */
  readonly home: number
  readonly quality: number
  /** Weeks from its release to its peak. */
  readonly peakWeeks: number
}

export interface Catalogue {
  readonly seed: number
  /** The track that a number from 0 up to 1 falls on, of all that are played of a genre in a country in a week. */
  pick(style: number, home: number, week: number, unit: number): CatalogueTrack
}

/** Weeks since Monday 29 December 1969, the week of the Unix epoch. */
export function weekOf(timeMs: number): number {
  return Math.floor((timeMs + 3 * DAY_MS) / WEEK_MS)
}

/** Monday 00:00 UTC of a week, Unix milliseconds. */
export function startOfWeek(week: number): number {
  return week * WEEK_MS - 3 * DAY_MS
}

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

export function createCatalogue({ seed }: { readonly seed: number }): Catalogue {
  const tracks = new Map<number, CatalogueTrack>()
  const crowds = new Map<number, Crowd>()

  function trackOf(style: number, number: number): CatalogueTrack {
    const key = (number + CLASSICS) * musicStyles.length + style
    return remembered(tracks, key, TRACKS_REMEMBERED_MAX, () => inventTrack(seed, style, number))
  }

  function crowdOf(style: number, home: number, week: number): Crowd {
    const key = (week * djHomes.length + home) * musicStyles.length + style
    return remembered(crowds, key, CROWDS_REMEMBERED_MAX, () => {
      const numbers: number[] = []
      for (let number = -CLASSICS; number < 0; number += 1) numbers.push(number)
      const firstWeek = week - AGE_WEEKS_MAX
      for (let of = firstWeek * RELEASES_A_WEEK; of < (week + 1) * RELEASES_A_WEEK; of += 1) numbers.push(of)
      let sum = 0
      const sums = Float64Array.from(numbers, (number) => {
        sum += trackWeight(seed, trackOf(style, number), home, week)
        return sum
      })
      return { numbers: Int32Array.from(numbers), sums }
    })
  }

  return {
    seed,
    pick(style, home, week, unit) {
      const { numbers, sums } = crowdOf(style, home, week)
      return trackOf(style, numbers[placeOf(sums, unit * (sums.at(-1) ?? 0))] ?? -1)
    },
  }
}

/** Tracks of a genre by number, with the running sums of how much each is played. */
interface Crowd {
  readonly numbers: Int32Array
  readonly sums: Float64Array
}

/** The first place whose running sum is above the value. */
function placeOf(sums: Float64Array, value: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}

function trackWeight(seed: number, track: CatalogueTrack, home: number, week: number): number {
  const isAtHome = track.home === home
  const isNear = djHomes[track.home]?.continent === djHomes[home]?.continent
  const taste = Math.exp(0.9 * normalOf(seed, draw.taste, track.style, track.number, home))
  return track.quality * lifeCycle(track, week) * (isAtHome ? 5 : isNear ? 1.5 : 0.8) * taste
}

/** Rises to 1 at the peak, then fades; a classic is always a little there. */
function lifeCycle({ releaseWeek, peakWeeks }: CatalogueTrack, week: number): number {
  if (releaseWeek === undefined) return 0.06
  const age = (week - releaseWeek + 0.5) / peakWeeks
  return age <= 0 ? 0 : (age * Math.exp(1 - age)) ** 1.7
}

function inventTrack(seed: number, style: number, number: number): CatalogueTrack {
  const kind = musicStyles[style] ?? musicStyles[0]
  const random = createRandom(seed, draw.track, style, number)
  const artist = inventedArtist(seed, style, random.next() ** 2)
  const isRemix = random.chance(kind.remixes)
  const remixer = isRemix ? inventedArtist(seed, style, random.next()).name : undefined
  const title = inventTitle(random, kind.tongue)
  const releaseWeek = number < 0 ? undefined : Math.floor(number / RELEASES_A_WEEK)
  const year =
    releaseWeek === undefined ? random.integer(1978, 2019) : new Date(startOfWeek(releaseWeek)).getUTCFullYear()
  const label = createRandom(seed, draw.label, style, random.integer(1, LABELS_A_STYLE))
  const [bpmMin, bpmMax] = kind.bpm
  const [lengthMin, lengthMax] = kind.lengthSeconds
  return {
    style,
    number,
    artist: artist.name,
    title: remixer === undefined ? title : `${title} (${remixer} Remix)`,
    label: inventLabel(label),
    remixer,
    album: random.chance(0.4) ? `${title} EP` : undefined,
    bpm: random.integer(bpmMin, bpmMax),
    camelot: { hour: random.integer(1, 12), isMajor: random.chance(0.4) },
    releaseWeek,
    year,
    lengthSeconds: random.integer(lengthMin, lengthMax),
    home: artist.home,
    // A Pareto distribution: the best of a hundred is played some two hundred times as much as the middle one.
    quality: Math.max(0.003, unitOf(seed, draw.quality, style, number)) ** -1.4,
    peakWeeks: random.between(1.5, 5.5),
  }
}

/** Artists have a genre and a home; a few of them make much of the music. */
function inventedArtist(seed: number, style: number, unit: number): { readonly name: string; readonly home: number } {
  const random = createRandom(seed, draw.artist, style, Math.floor(unit * ARTISTS_A_STYLE))
  const slug = musicStyles[style]?.slug ?? ''
  const weights = djHomes.map(({ weight, favours }) => weight * (favours[slug] ?? 1))
  return { name: inventArtist(random), home: weightedIndex(weights, random.next()) }
}

/** Makes what is not remembered, and forgets what was made first when there is too much. */
function remembered<T>(memory: Map<number, T>, key: number, most: number, make: () => T): T {
  const known = memory.get(key)
  if (known !== undefined) return known
  const made = make()
  if (memory.size >= most) {
    for (const first of memory.keys()) {
      memory.delete(first)
      break
    }
  }
  memory.set(key, made)
  return made
}
