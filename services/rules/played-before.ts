/**
 * What is played directly after what (CONTRACT, `analytics.transition_weeks`).
 * @module
 */
import type { WhyNot } from '#schemas/records/track-play.ts'

export interface OrderedPlay {
  /** Unix milliseconds. */
  readonly startedAtMs: number
  /** Why it does not count; absent where it does. */
  readonly whyNot?: WhyNot | undefined
}

/** Such a track was loaded or listened to, not played to anybody: it does not come between two others. */
const previews: ReadonlySet<WhyNot> = new Set(['not-played', 'too-short'])

/**
 * For each play of a session that counts, by index, the index of the one directly before it, where that counts too. The
 * order is that of time; of plays that began at once, that of the upload.
 */
export function playedBefore(plays: readonly OrderedPlay[]): ReadonlyMap<number, number> {
  const before = new Map<number, number>()
  let last: number | undefined
  const played = plays
    .map((play, index) => ({ ...play, index }))
    .filter(({ whyNot }) => whyNot === undefined || !previews.has(whyNot))
    .sort((a, b) => a.startedAtMs - b.startedAtMs || a.index - b.index)
  for (const { index, whyNot } of played) {
    if (whyNot === undefined && last !== undefined) before.set(index, last)
    last = whyNot === undefined ? index : undefined
  }
  return before
}
