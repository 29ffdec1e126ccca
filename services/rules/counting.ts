/**
 * Which plays of a session count in charts, and why the others do not (CONTRACT, "How charts count").
 * @module
 */
import type { WhyNot } from '#schemas/records/track-play.ts'
import type { TrackTags } from './identity/clean-tags.ts'
import { type TrackIdentity, trackIdentity } from './identity/track-key.ts'

/** Played for less than this, a track was only previewed. */
const PLAYED_SECONDS_MIN = 30

/** How far a play's time may lie after its receipt: clocks of computers differ. */
const FUTURE_MS_MAX = 10 * 60_000

/** What the rules look at. */
export interface JudgedPlay {
  readonly played?: boolean | undefined
  readonly playedSeconds?: number | undefined
  /** Unix milliseconds. */
  readonly startedAtMs: number
  /** The tags that name the track. */
  readonly tags: TrackTags
}

export interface Judgement {
  /** Present where artist and title name a track. */
  readonly trackId?: string
  /** The same as the store's number. */
  readonly track?: string
  /** Absent where the play counts. */
  readonly whyNot?: WhyNot
}

export interface JudgeOptions {
  /** When the session was received, Unix milliseconds. */
  readonly receivedAtMs: number
  readonly accountContributes: boolean
  readonly sessionContributes: boolean
  /** Replaces {@link trackIdentity}, for a caller that remembers answers. */
  readonly identify?: (tags: TrackTags) => TrackIdentity
}

/** Judges every play of a session, in its order. */
export function judgePlays(plays: readonly JudgedPlay[], options: JudgeOptions): Judgement[] {
  const identify = options.identify ?? trackIdentity
  const judgements = plays.map((play): Judgement => {
    const identity = identify(play.tags)
    const whyNot = whyNotAlone(play, identity, options)
    const named = identity.kind === 'track' ? { trackId: identity.trackId, track: identity.track } : {}
    return whyNot === undefined ? named : { ...named, whyNot }
  })
  for (const index of repeats(plays, judgements)) {
    judgements[index] = { ...judgements[index], whyNot: 'repeated-in-session' }
  }
  return judgements
}

/** The rules that look at one play alone. */
function whyNotAlone(play: JudgedPlay, identity: TrackIdentity, options: JudgeOptions): WhyNot | undefined {
  if (!options.accountContributes) return 'not-contributed'
  if (!options.sessionContributes) return 'session-left-out'
  if (play.played === false) return 'not-played'
  if (play.playedSeconds !== undefined && play.playedSeconds < PLAYED_SECONDS_MIN) return 'too-short'
  if (identity.kind !== 'track') return identity.kind
  if (play.startedAtMs > options.receivedAtMs + FUTURE_MS_MAX) return 'in-the-future'
  return undefined
}

/** A track counts once in a session, at its earliest play that counts; these are the others. */
function repeats(plays: readonly JudgedPlay[], judgements: readonly Judgement[]): number[] {
  const earliest = new Map<string, number>()
  const repeated: number[] = []
  judgements.forEach(({ track, whyNot }, index) => {
    if (track === undefined || whyNot !== undefined) return
    const first = earliest.get(track)
    if (first === undefined) earliest.set(track, index)
    else if ((plays[index]?.startedAtMs ?? 0) < (plays[first]?.startedAtMs ?? 0)) {
      earliest.set(track, index)
      repeated.push(first)
    } else repeated.push(index)
  })
  return repeated
}
