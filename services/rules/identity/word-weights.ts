/**
 * How much a word says: the rarer among the records, the more, in bits.
 * @module
 */

/** As though so many other records had been seen: in a small input every word looks rare or common by chance. */
const BACKGROUND_RECORDS = 1000

export interface WordWeights {
  /** Counts the words of one more record. */
  readonly add: (words: ReadonlySet<string>) => void
  /** Bits that two records' sharing of the word says. */
  readonly of: (word: string) => number
  /** Bits that speak against any two records being the same. */
  readonly priorBits: () => number
}

/** Most words are rare, and a logarithm is the cost of a weight. */
const logs = Float64Array.from({ length: 1024 }, (_, count) => Math.log2(Math.max(1, count)))

export function createWordWeights(): WordWeights {
  const counts = new Map<string, number>()
  let records = 0
  return {
    add(words) {
      records++
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
    },
    of(word) {
      const count = counts.get(word) ?? 1
      return Math.log2(records + BACKGROUND_RECORDS) - (count < logs.length ? (logs[count] ?? 0) : Math.log2(count))
    },
    priorBits: () => Math.log2(records + BACKGROUND_RECORDS),
  }
}
