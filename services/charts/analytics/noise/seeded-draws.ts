/**
 * Numbers that are the same for the same seed and that nobody without the key can tell from chance.
 * @module
 */

/** 64 bytes or so that belong to a seed: a keyed hash of it. */
export type KeyedHash = (seed: string) => Buffer

export interface SeededDraws {
  /** A whole number from 0 to `below` - 1, each as likely as the others; `below` is at most 2^48. */
  uniform(below: number): number
}

const DRAW_BYTES = 6
const DRAW_RANGE = 2 ** 48

/** Draws of a seed, one after the other. */
export function createSeededDraws(hash: KeyedHash, seed: string): SeededDraws {
  let block = 0
  let bytes: Buffer = Buffer.alloc(0)
  let at = 0
  const next = (): number => {
    if (at + DRAW_BYTES > bytes.length) {
      bytes = hash(`${block}:${seed}`)
      block += 1
      at = 0
    }
    at += DRAW_BYTES
    return bytes.readUIntBE(at - DRAW_BYTES, DRAW_BYTES)
  }
  return {
    uniform(below) {
      // What is left over at the end would make small numbers likelier.
      const limit = DRAW_RANGE - (DRAW_RANGE % below)
      for (;;) {
        const value = next()
        if (value < limit) return value % below
      }
    },
  }
}
