/**
 * Random histories of a few accounts, as lists of steps that a person can read when one fails.
 * @module
 */
import fc from 'fast-check'
import type { AccountEvent, ProfileChange } from '#schemas/events/account-event.ts'
import type { Session } from '#schemas/records/session.ts'
import type { TrackPlay } from '#schemas/records/track-play.ts'
import { pseudonyms } from './open-pipeline.ts'

/** Where to put sessions so that they span what periods end at; few, for each period is built. */
const calendars = [
  // A Sunday's midnight between two years of ISO weeks, and the midnight of a month and a year.
  ['2025-12-28T22:00:00Z', '2025-12-31T22:30:00Z', '2026-01-04T23:00:00Z'],
  // A month that ends with a Sunday.
  ['2026-02-22T23:30:00Z', '2026-02-28T23:30:00Z', '2026-03-01T23:00:00Z'],
  // The year 2020 has 53 weeks, the last of which reaches into 2021.
  ['2020-12-27T23:00:00Z', '2020-12-31T23:40:00Z', '2021-01-03T23:40:00Z'],
] as const

const names = [
  { artist: 'Harbour Lights', title: 'Low Tide', genre: 'Deep House', label: 'Quay' },
  { artist: 'Ana', title: 'Paper Lanterns', genre: 'House; Techno', label: 'Quay' },
  { artist: 'Zoë', title: 'Second Sunrise', genre: 'Amapiano' },
  { artist: 'Harbour Lights', title: 'Low Tide (Dub)', genre: 'My own genre' },
] as const

const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => `${text} `,
]

/** In so many of ten cases. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>, ofTen: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 10 - ofTen }, { arbitrary, weight: ofTen })
}

const flaws = ['too-short', 'not-played', 'no-artist', 'placeholder', 'just-in-time', 'in-the-future'] as const

const play = fc.record({
  track: fc.nat({ max: names.length - 1 }),
  spelling: fc.nat({ max: spellings.length - 1 }),
  afterMinutes: fc.constantFrom(0, 5, 30, 60, 90, 120, 180),
  seconds: fc.constantFrom(undefined, 30, 240),
  hasGenre: fc.boolean(),
  flaw: sometimes(fc.constantFrom(...flaws), 2),
})

const account = fc.nat({ max: 4 })
/** Sessions 1 and 2 have one id, from two computers. */
const session = fc.nat({ max: 2 })
const flag = fc.constantFrom(undefined, undefined, true, false)
const visibility = fc.constantFrom(undefined, 'private' as const, 'public' as const)
const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 })
/** The insert that a worker dies before. */
const death = sometimes(fc.nat({ max: 20 }), 6)

const steps = {
  put: fc.record({
    step: fc.constant('put' as const),
    account,
    session,
    start: fc.nat({ max: 2 }),
    plays: fc.array(play, { maxLength: 6 }),
    contributeToCharts: flag,
    visibility,
    undelete: fc.boolean(),
    name: fc.constantFrom(undefined, 'Friday'),
  }),
  patch: fc.record({
    step: fc.constant('patch' as const),
    account,
    session,
    byId: fc.boolean(),
    contributeToCharts: flag,
    visibility,
    name: fc.constantFrom(undefined, null, 'Mine'),
  }),
  delete: fc.record({ step: fc.constant('delete' as const), account, session, byId: fc.boolean() }),
  profile: fc.record({
    step: fc.constant('profile' as const),
    account,
    patch: fc.constantFrom<ProfileChange['patch']>(
      { choices: { charts: false } },
      { choices: { charts: true } },
      { choices: null },
      { choices: { statistics: false, usage: false } },
      { location: { country: 'AU', subdivision: null } },
      { location: { country: 'DE', subdivision: 'DE-BE' } },
      { location: { country: 'NZ', subdivision: 'NZ-AUK', city: 'Auckland' } },
      { location: null },
      { genrePreferences: ['deep-house'] },
      { genrePreferences: null, location: { city: 'Berlin' } },
      { displayName: 'DJ' },
    ),
  }),
  ingest: fc.record({ step: fc.constant('ingest' as const), sizes, dieAtInsert: death }),
  redeliver: fc.record({
    step: fc.constant('redeliver' as const),
    events: fc.integer({ min: 1, max: 30 }),
    sizes,
    dieAtInsert: death,
  }),
  build: fc.record({
    step: fc.constant('build' as const),
    dieAtStatement: sometimes(fc.nat({ max: 250 }), 6),
  }),
}

type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never
export type Step = ValueOf<(typeof steps)[keyof typeof steps]>

export interface History {
  readonly calendar: number
  readonly steps: readonly Step[]
}

function historiesOf(kinds: fc.MaybeWeightedArbitrary<Step>[], lengthMax: number): fc.Arbitrary<History> {
  return fc.record({
    calendar: fc.nat({ max: calendars.length - 1 }),
    steps: fc.array(fc.oneof(...kinds), { minLength: 10, maxLength: lengthMax, size: 'max' }),
  })
}

const common = [
  { arbitrary: steps.put, weight: 12 },
  { arbitrary: steps.patch, weight: 3 },
  { arbitrary: steps.delete, weight: 3 },
  { arbitrary: steps.profile, weight: 4 },
]

/** What DJs do, with a worker that dies and hands over again. */
export const ingestHistories = historiesOf(
  [...common, { arbitrary: steps.ingest, weight: 6 }, { arbitrary: steps.redeliver, weight: 3 }],
  45,
)

/** What DJs do, with builds of charts in between that may die. */
export const chartHistories = historiesOf([...common, { arbitrary: steps.build, weight: 3 }], 30)

/** When a history begins: shortly after its last sessions, so that plays in the future lie in the same weeks. */
export function beginOf(calendar: number): number {
  return Date.parse(calendars[calendar]?.[2] ?? '') + 4 * 3_600_000
}

const accountOf = (index: number) => `dj-${index}`
const idOf = (index: number) => (index === 0 ? '86' : '87')
const historyIdOf = (index: number) => (index === 2 ? 'other-computer' : undefined)
export const ownerOf = (index: number) => pseudonyms.owner(accountOf(index))
export const accounts = [0, 1, 2, 3, 4]

function keyOf(accountIndex: number, index: number): string {
  return pseudonyms.sessionKey(ownerOf(accountIndex), historyIdOf(index), idOf(index))
}

/** Every account consents and lives somewhere before the history begins, or hardly a chart would come about. */
export function opening(at: number): AccountEvent[] {
  const locations = [
    { country: 'NZ', subdivision: 'NZ-AUK' },
    { country: 'NZ', subdivision: 'NZ-AUK' },
    { country: 'NZ', subdivision: 'NZ-WGN' },
    { country: 'AU' },
    {},
  ]
  return accounts.map((index) => ({
    v: 1,
    type: 'profile-change',
    owner: ownerOf(index),
    at,
    patch: {
      choices: { charts: true },
      location: locations[index] ?? {},
      genrePreferences: index < 3 ? ['house'] : [],
    },
  }))
}

/** The event that a step is accepted as; nothing for the steps that are the machine's. */
export function toEvent(one: Step, calendar: number, at: number): AccountEvent | undefined {
  switch (one.step) {
    case 'put': {
      const key = keyOf(one.account, one.session)
      const envelope = { v: 1, type: 'session-put', owner: ownerOf(one.account), at, key } as const
      return { ...envelope, session: toSession(one, calendar, at), ...(one.undelete ? { undelete: true } : {}) }
    }
    case 'patch': {
      const { contributeToCharts, visibility, name } = one
      const choices = {
        ...(contributeToCharts === undefined ? {} : { contributeToCharts }),
        ...(visibility === undefined ? {} : { visibility }),
        ...(name === undefined ? {} : { name }),
      }
      return { v: 1, type: 'session-choices', owner: ownerOf(one.account), at, ref: refOf(one), choices }
    }
    case 'delete':
      return { v: 1, type: 'session-delete', owner: ownerOf(one.account), at, ref: refOf(one) }
    case 'profile':
      return { v: 1, type: 'profile-change', owner: ownerOf(one.account), at, patch: one.patch }
    default:
      return undefined
  }
}

/** What upload sends where the store does not know the session yet: the id as it is. Only of one that is unique. */
function refOf({ account: index, session: which, byId }: Extract<Step, { step: 'patch' | 'delete' }>): string {
  return byId && which === 0 ? idOf(which) : keyOf(index, which)
}

function toSession(put: Extract<Step, { step: 'put' }>, calendar: number, at: number): Session {
  const { contributeToCharts, visibility, name } = put
  const historyId = historyIdOf(put.session)
  const startedAt = new Date(calendars[calendar]?.[put.start] ?? 0).toISOString()
  return {
    id: idOf(put.session),
    ...(historyId === undefined ? {} : { historyId }),
    ...(name === undefined ? {} : { name }),
    ...(contributeToCharts === undefined ? {} : { contributeToCharts }),
    ...(visibility === undefined ? {} : { visibility }),
    startedAt,
    system: { os: 'macOS 14.5' },
    tracks: put.plays.map((one, index) => toPlay(one, String(index + 1), Date.parse(startedAt), at)),
  }
}

function toPlay(one: ValueOf<typeof play>, id: string, startMs: number, at: number): TrackPlay {
  const spelled = spellings[one.spelling] ?? String
  const { artist = '', title = '', ...named } = names[one.track] ?? {}
  const tags = {
    artist: one.flaw === 'placeholder' ? 'Unknown Artist' : spelled(artist),
    title: spelled(title),
    ...('label' in named ? { label: spelled(named.label).trim() } : {}),
    ...(one.hasGenre && 'genre' in named ? { genre: named.genre } : {}),
  }
  const { artist: _, ...withoutArtist } = tags
  const startsMs =
    one.flaw === 'just-in-time'
      ? at + 600_000
      : one.flaw === 'in-the-future'
        ? at + 600_001
        : startMs + one.afterMinutes * 60_000
  return {
    id,
    startedAt: new Date(startsMs).toISOString(),
    ...(one.flaw === 'not-played' ? { played: false } : {}),
    ...(one.flaw === 'too-short'
      ? { playedSeconds: 29.9 }
      : one.seconds === undefined
        ? {}
        : { playedSeconds: one.seconds }),
    tags: one.flaw === 'no-artist' ? withoutArtist : tags,
  }
}
