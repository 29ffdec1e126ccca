/**
 * When the tracks of a set begin and end, for drawing it.
 * @module
 */
import type { Playlist } from '#schemas/records/chart.ts'

type PlaylistTrack = Playlist['tracks'][number]

export interface TimedTrack {
  readonly track: PlaylistTrack
  readonly index: number
  /** Seconds from the start of the set. */
  readonly from: number
  readonly to: number
}

/** What is drawn of a track of which nothing is known but that it began, seconds. */
const UNKNOWN_SECONDS = 240

/**
 * A track ends as long after its begin as it was played. Where that is not known it ends when the next one on its deck begins,
 * or after the time that tracks take.
 */
export function timeTracks(tracks: readonly PlaylistTrack[]): TimedTrack[] {
  const inOrder = tracks.map((track, index) => ({ track, index })).sort((a, b) => a.track.atSeconds - b.track.atSeconds)
  const nextOnDeck = new Map<number | undefined, number>()
  const timed: TimedTrack[] = []
  for (const { track, index } of inOrder.reverse()) {
    const { atSeconds: from, deck, playedSeconds } = track
    const next = nextOnDeck.get(deck) ?? from + UNKNOWN_SECONDS
    timed.push({
      track,
      index,
      from,
      to: from + Math.max(0, playedSeconds ?? Math.min(next - from, 2 * UNKNOWN_SECONDS)),
    })
    nextOnDeck.set(deck, from)
  }
  return timed.reverse()
}

/** How long the set is, seconds; at least a second, so that something can be drawn. */
export function lengthOf(timed: readonly TimedTrack[]): number {
  return timed.reduce((end, { to }) => Math.max(end, to), 1)
}

/** Two marks of time lie so far apart that some six fit, seconds. */
export function tickSeconds(length: number): number {
  const steps = [60, 300, 600, 900, 1800, 3600, 7200, 14_400]
  return steps.find((step) => length / step <= 7) ?? 86_400 * Math.ceil(length / 86_400 / 7)
}
