/**
 * Tempo and keys of a set over its time, and which changes of track fit together.
 *
 * On the Camelot wheel keys fit that are the same, that have neighbouring numbers and one letter, or one number and both
 * letters (Mixed In Key, "Harmonic mixing").
 * @module
 */
import type { TimedTrack } from './set-times.ts'

export interface TempoPoint {
  readonly seconds: number
  readonly bpm: number
}

export interface KeyPoint {
  readonly seconds: number
  /** 1 to 12. */
  readonly number: number
  readonly isMinor: boolean
  /** Whether it fits to the key before it; the first one does. */
  readonly fits: boolean
}

export interface SetFlow {
  readonly tempo: readonly TempoPoint[]
  readonly keys: readonly KeyPoint[]
  /** Changes between two tracks that follow each other and both have a key. */
  readonly changes: number
  readonly fittingChanges: number
}

export function readFlow(timed: readonly TimedTrack[]): SetFlow {
  const tempo: TempoPoint[] = []
  const keys: KeyPoint[] = []
  let before: { readonly number: number; readonly isMinor: boolean } | undefined
  let changes = 0
  let fittingChanges = 0
  for (const { track, from: seconds } of timed) {
    if (track.bpm !== undefined) tempo.push({ seconds, bpm: track.bpm })
    const key = camelotOf(track.key)
    if (key !== undefined) {
      const fits = before === undefined || fitTogether(before, key)
      if (before !== undefined) changes += 1
      if (before !== undefined && fits) fittingChanges += 1
      keys.push({ seconds, ...key, fits })
    }
    before = key
  }
  return { tempo, keys, changes, fittingChanges }
}

/** Keys stand in a playlist in Camelot's notation, where they could be read. */
function camelotOf(key: string | undefined): { number: number; isMinor: boolean } | undefined {
  const match = /^(1[0-2]|[1-9])([AB])$/.exec(key ?? '')
  return match === null ? undefined : { number: Number(match[1]), isMinor: match[2] === 'A' }
}

function fitTogether(
  a: { readonly number: number; readonly isMinor: boolean },
  b: { readonly number: number; readonly isMinor: boolean },
): boolean {
  const steps = Math.abs(a.number - b.number)
  const around = Math.min(steps, 12 - steps)
  return a.isMinor === b.isMinor ? around <= 1 : around === 0
}
