/**
 * Beats per minute, as software and people write them.
 * @module
 */

/** The bounds of the tag (schemas/records/track-play.ts). */
export const BPM_MIN = 20
export const BPM_MAX = 999

/** Half and double of a tempo are one in here: from this on, below its double. */
const COMPARABLE_BPM_MIN = 90

/** Decimals behind a point or, as in most of Europe, a comma. A thousand has no separator, for no tempo is that high. */
const BPM_TEXT = /^\s*(\d{1,4})(?:[.,](\d{0,30}))?\s*(?:bpm|beats per minute)?\s*$/i

/** The tempo that a text (`124`, `124,02`, `124 BPM`) or a number says, in beats per minute; `undefined` where none. */
export function readBpm(value: string | number): number | undefined {
  const bpm = typeof value === 'number' ? value : numberOf(value)
  return bpm !== undefined && bpm >= BPM_MIN && bpm <= BPM_MAX ? bpm : undefined
}

/**
 * The tempo in the one octave of 90 to 180 beats per minute, for comparing: software hears 87 where the DJ means 174, and
 * either is right. One octave and no more, so that a tempo, its half and its double are the same number. `undefined` where
 * it is no tempo. For comparing alone: what is shown is what the tag says.
 */
export function comparableBpm(bpm: number): number | undefined {
  const read = readBpm(bpm)
  if (read === undefined) return undefined
  let folded = read
  while (folded < COMPARABLE_BPM_MIN) folded *= 2
  while (folded >= COMPARABLE_BPM_MIN * 2) folded /= 2
  return folded
}

function numberOf(text: string): number | undefined {
  const [, whole, decimals] = BPM_TEXT.exec(text) ?? []
  return whole === undefined ? undefined : Number(`${whole}.${decimals ?? ''}0`)
}
