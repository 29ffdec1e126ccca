import fc from 'fast-check'
import type { AccountEvent, ProfileChange } from '#schemas/events/account-event.ts'
import { pseudonyms } from '../model/open-pipeline.ts'

const HOUR_MS = 3_600_000
const EVENING = '2026-05-13T20:00:00.000Z'
/** The morning after, when the DJs begin to come. */
export const BEGIN_MS = Date.parse('2026-05-14T08:00:00Z')

/** A small country with two subdivisions, a neighbour on its continent, and one far away. */
const homes = [
  { country: 'NZ', subdivision: 'NZ-AUK' },
  { country: 'NZ', subdivision: 'NZ-AUK' },
  { country: 'NZ', subdivision: 'NZ-WGN' },
  { country: 'NZ', subdivision: null },
  { country: 'AU', subdivision: null },
  { country: 'DE', subdivision: null },
] as const

const sets = [['One', 'Two'], ['Two', 'Three'], ['One']] as const
const extras = ['One', 'Three']
const genres: Readonly<Record<string, string>> = { One: 'House', Two: 'Deep House' }
const ACCOUNTS = 9
const FIRST_ACCOUNTS = 5

/** Who goes withdraws consent or, some of the DJs, deletes the session. */
const goesByDeleting = (dj: number) => dj % 3 === 0

const act = fc.record({
  account: fc.nat({ max: ACCOUNTS - 1 }),
  /** What the DJ does; what is listed more often is done more often. Most take back what they did before. */
  what: fc.constantFrom(
    ...([
      'come-or-go',
      'come-or-go',
      'come-or-go',
      'more-or-less',
      'more-or-less',
      'correct',
      'move',
      'prefer',
    ] as const),
  ),
  set: fc.nat({ max: sets.length - 1 }),
  home: fc.nat({ max: homes.length - 1 }),
})
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never

const round = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 3 }),
  hours: fc.constantFrom(0, 1, 6, 26),
  /** The statement that the build dies before. */
  dieAtStatement: fc.option(fc.integer({ min: 20, max: 120 }), { freq: 4 }),
})
export type Round = typeof round extends fc.Arbitrary<infer Value> ? Value : never

/** DJs who come, change and go one at a time, and after some of it a build. */
export const differenceHistories = fc.array(round, { minLength: 12, maxLength: 12 })

const owner = (dj: number) => pseudonyms.owner(`dj-${dj}`)

/** DJs of whom each does one thing after the other. */
export function createDjs() {
  const isIn = Array.from({ length: ACCOUNTS }, (_, dj) => dj < FIRST_ACCOUNTS)
  const hasMore = isIn.map(() => false)

  return {
    /** Some contribute from the begin, each from its home; the others are about to come. */
    opening: (): AccountEvent[] =>
      isIn.flatMap((charts, dj) => [
        change(dj, BEGIN_MS, {
          choices: { charts: charts || goesByDeleting(dj) },
          location: homes[dj % homes.length] ?? null,
        }),
        ...(charts || !goesByDeleting(dj) ? [put(dj, 'a', sets[dj % 2] ?? [], BEGIN_MS)] : []),
      ]),

    /** What the service is told of it. */
    toEvent({ account: dj, what, set, home }: Act, atMs: number): AccountEvent {
      if (what === 'come-or-go') {
        isIn[dj] = isIn[dj] !== true
        if (!goesByDeleting(dj)) return change(dj, atMs, { choices: { charts: isIn[dj] } })
        if (isIn[dj]) return put(dj, 'a', sets[dj % 2] ?? [], atMs)
        return remove(dj, 'a', atMs)
      }
      if (what === 'more-or-less') {
        hasMore[dj] = hasMore[dj] !== true
        return hasMore[dj] ? put(dj, 'b', extras, atMs) : remove(dj, 'b', atMs)
      }
      if (what === 'correct') return put(dj, 'a', sets[set] ?? [], atMs)
      if (what === 'move') return change(dj, atMs, { location: homes[home] ?? null })
      return change(dj, atMs, { genrePreferences: set > 0 ? ['house'] : [] })
    },
  }
}

/** When a round begins after the one before it, Unix milliseconds. */
export function later(atMs: number, hours: number): number {
  return atMs + hours * HOUR_MS + 60_000
}

function change(dj: number, at: number, patch: ProfileChange['patch']): AccountEvent {
  return { v: 1, type: 'profile-change', owner: owner(dj), at, patch }
}

function put(dj: number, id: string, titles: readonly string[], at: number): AccountEvent {
  const tracks = titles.map((title, index) => ({
    id: String(index),
    startedAt: EVENING,
    tags: { artist: 'Ana', title, genre: genres[title] ?? '' },
  }))
  const session = { id, startedAt: EVENING, tracks }
  return { v: 1, type: 'session-put', owner: owner(dj), at, key: keyOf(dj, id), session, undelete: true }
}

function remove(dj: number, id: string, at: number): AccountEvent {
  return { v: 1, type: 'session-delete', owner: owner(dj), at, ref: keyOf(dj, id) }
}

function keyOf(dj: number, id: string): string {
  return pseudonyms.sessionKey(owner(dj), undefined, id)
}
