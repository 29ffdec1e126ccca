/**
 * DJs who play over some weeks, as events for the real pipeline and as the plays that the attack knows the structure of.
 * @module
 */
import { identifyTrack } from '#rules/track-identity.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { pseudonyms } from '../../../model/open-pipeline.ts'
import type { Account, Play } from './generated-plays.ts'

/** A play as cells of tables tell it apart. */
export interface WeekPlay {
  readonly track: string
  readonly week: string
  readonly month: string
  readonly genre: string
  readonly label: string
  readonly deck: string
  readonly software: string
  /** Track that was played directly before in the session, and after; empty where none was. */
  readonly before: string
  readonly after: string
}

/** Evenings of one ISO week that reaches over the end of a month, and of the two after it. */
const evenings = [
  { week: '2026-W18', month: '2026-04', date: '2026-04-29' },
  { week: '2026-W18', month: '2026-05', date: '2026-05-02' },
  { week: '2026-W19', month: '2026-05', date: '2026-05-06' },
  { week: '2026-W20', month: '2026-05', date: '2026-05-13' },
]
const homes = ['NZ-AUK', 'NZ-AUK', 'NZ-WGN', 'NZ-WGN', 'NZ', 'AU', 'DE-BE', 'DE-BE', 'DE', 'FR', 'world']
const tracks = [
  { artist: 'Ana', title: 'One', label: 'Quay', genre: 'house' },
  { artist: 'Ben', title: 'Two', label: 'Quay', genre: 'techno' },
  { artist: 'Cem', title: 'Three', label: 'Pier', genre: 'house' },
  { artist: 'Dea', title: 'Four', label: 'Pier', genre: 'techno' },
  { artist: 'Eli', title: 'Five', label: 'Mole', genre: 'house' },
]

export interface GeneratedWeeks {
  readonly events: readonly AccountEvent[]
  readonly plays: readonly Play<WeekPlay>[]
}

/** The same for the same number. */
export function generateWeeks(seed: number, accounts: number, at: number): GeneratedWeeks {
  let state = seed
  const draw = (below: number) => {
    // Numerical Recipes' linear congruence, of which the upper bits are good enough for this.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const events: AccountEvent[] = []
  const plays: Play<WeekPlay>[] = []
  for (let number = 0; number < accounts; number += 1) {
    const account: Account = {
      name: `dj-${number}`,
      place: homes[draw(homes.length)] ?? 'world',
      objects: draw(6) === 0,
    }
    const owner = pseudonyms.owner(account.name)
    const software = draw(5) === 0 ? 'Traktor' : 'Serato'
    events.push({ v: 1, type: 'profile-change', owner, at, patch: profileOf(account) })
    for (const evening of evenings) {
      if (draw(3) === 0) continue
      const set = tracks.filter(() => draw(2) === 0)
      if (draw(2) === 0) set.reverse()
      if (set.length === 0) continue
      const played = set.map(({ artist, title, label, genre }, index) => ({
        track: trackOf(artist, title),
        deck: String(1 + draw(2)),
        tags: { artist, title, genre, ...(draw(4) === 0 ? {} : { label }) },
        startedAt: `${evening.date}T20:${String(10 + 5 * index)}:00Z`,
      }))
      const session = {
        id: evening.date,
        startedAt: `${evening.date}T20:00:00Z`,
        software: { name: software },
        tracks: played.map(({ track: _, deck, ...play }, index) => ({
          ...play,
          id: String(index),
          deck: Number(deck),
        })),
      }
      events.push({
        v: 1,
        type: 'session-put',
        owner,
        at,
        key: pseudonyms.sessionKey(owner, undefined, session.id),
        session,
      })
      played.forEach(({ track, deck, tags }, index) => {
        plays.push({
          account,
          kind: {
            ...{ track, deck, software, week: evening.week, month: evening.month },
            ...{ genre: tags.genre, label: tags.label?.toLowerCase() ?? '' },
            ...{ before: played[index - 1]?.track ?? '', after: played[index + 1]?.track ?? '' },
          },
        })
      })
    }
  }
  return { events, plays }
}

function profileOf({ place, objects }: Account) {
  const location =
    place === 'world' ? null : { country: place.slice(0, 2), ...(place.length > 2 ? { subdivision: place } : {}) }
  return { location, choices: { charts: true, statistics: !objects } }
}

function trackOf(artist: string, title: string): string {
  const identity = identifyTrack(artist, title)
  return identity.kind === 'track' ? BigInt(identity.track).toString(16).padStart(16, '0') : ''
}
