/**
 * The demo's DJs: where each lives, what each plays and how often, and what each chose.
 * @module
 */
import type { ProfilePatch } from '#schemas/records/profile.ts'
import type { SessionUpload } from '#schemas/records/session.ts'
import { djHomes } from './dj-homes.ts'
import { inventDjName } from './invented-names.ts'
import { musicStyles } from './music-styles.ts'
import { createRandom, unitOf, weightedIndex } from './random.ts'

const draw = { dj: 11, homes: 12 } as const

export interface GeneratedDj {
  readonly seed: number
  readonly index: number
  /** `sub` of the tokens. */
  readonly accountId: string
  /** Body of `PATCH /v1/me/profile`. */
  readonly profile: ProfilePatch
  /** Place in {@link djHomes}. */
  readonly home: number
  /** Genres by their place in {@link musicStyles}, the main one first. */
  readonly styles: readonly [number, ...number[]]
  readonly sessionsAWeek: number
  /** Share of sessions that are public. */
  readonly publicShare: number
  readonly historyId: string
  readonly software: NonNullable<SessionUpload['software']>
  readonly system: NonNullable<SessionUpload['system']>
  /** Decks in use. */
  readonly decks: 2 | 4
  readonly writesCamelotKeys: boolean
}

type OneOrMore<T> = readonly [T, ...T[]]

const softwares: OneOrMore<GeneratedDj['software']> = [
  { name: 'Cuepoint Pro', version: '4.1.2' },
  { name: 'Cuepoint Pro', version: '3.9.0' },
  { name: 'Platterbox', version: '12.0.1' },
  { name: 'Mixbench', version: '2.8' },
]
const systems: OneOrMore<GeneratedDj['system']> = [
  { os: 'macOS 15.3', processor: 'Apple M3', computerType: 'MacBook Pro' },
  { os: 'macOS 14.7', processor: 'Apple M1', computerType: 'MacBook Air' },
  { os: 'Windows 11', processor: 'Intel Core i7', computerType: 'Laptop' },
]

/** DJs 0 to `djs - 1`, one by one; DJ n is the same however many there are. */
export function* generateDjs({
  seed,
  djs,
}: {
  readonly seed: number
  readonly djs: number
}): Generator<GeneratedDj, void> {
  for (let index = 0; index < djs; index += 1) yield generateDj(seed, index)
}

export function generateDj(seed: number, index: number): GeneratedDj {
  const random = createRandom(seed, draw.dj, index)
  const homeIndex = weightedIndex(
    djHomes.map(({ weight }) => weight),
    evenly(index, unitOf(seed, draw.homes)),
  )
  const home = djHomes[homeIndex]
  const styleWeights = musicStyles.map(({ slug, weight }) => weight * (home?.favours[slug] ?? 1))
  const main = weightedIndex(styleWeights, random.next())
  const second = weightedIndex(styleWeights, random.next())
  const styles: [number, ...number[]] = second === main ? [main] : [main, second]
  const subdivisions = home?.subdivisions ?? []
  // The first place is the largest: half of those who say where they live live there.
  const subdivision = subdivisions[Math.floor(random.next() ** 2 * subdivisions.length)]
  const isSubdivisionKnown = subdivision !== undefined && random.chance(0.85)
  return {
    seed,
    index,
    accountId: `demo-dj-${index}`,
    profile: {
      displayName: inventDjName(random),
      location: { country: home?.country ?? null, ...(isSubdivisionKnown ? { subdivision } : {}) },
      genrePreferences: styles.flatMap((style) => musicStyles[style]?.slug ?? []),
      // Each who objects costs analysts the rows beside which a chart would tell what they gave (decision 20): with many of
      // them there would be little to look around in.
      choices: { charts: random.chance(0.92), statistics: random.chance(0.99), usage: random.chance(0.98) },
      consentText: 'demo',
    },
    home: homeIndex,
    styles,
    // Residents play three times a week, most play less than once.
    sessionsAWeek: 0.6 + 2.4 * random.next() ** 3,
    publicShare: random.chance(0.3) ? 0.8 : 0.04,
    historyId: `history-${seed}-${index}`,
    software: random.pick(softwares),
    system: random.pick(systems),
    decks: random.chance(0.2) ? 4 : 2,
    writesCamelotKeys: random.chance(0.6),
  }
}

/** Spreads DJs over the homes evenly, so that even a few hundred of them give every country its share. */
function evenly(index: number, start: number): number {
  const GOLDEN_RATIO = 0.618_033_988_749_895
  return (start + index * GOLDEN_RATIO) % 1
}
