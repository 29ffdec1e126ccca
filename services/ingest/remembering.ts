/**
 * Answers of pure functions that are remembered: DJs play the same tracks again and again.
 * @module
 */

/** Answers that are kept of one function. */
const REMEMBERED_MAX = 50_000

/** Remembers the answers of a pure function, up to a number, then begins anew. */
export function remembering<Key, T>(answer: (key: Key) => T): (key: Key) => T {
  let known = new Map<Key, T>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= REMEMBERED_MAX) known = new Map()
    const value = answer(key)
    known.set(key, value)
    return value
  }
}
