/**
 * Gives the event loop back in the middle of long work, so that requests are answered meanwhile.
 * @module
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Longest stretch of work before others have their turn. */
const TURN_MS_MAX = 8

/** A function to await between pieces of work: it resolves at once until the turn has lasted long enough. */
export function createTurns(now: () => number = performance.now.bind(performance)): () => Promise<void> | undefined {
  let startedAtMs = now()
  return () => {
    if (now() - startedAtMs < TURN_MS_MAX) return undefined
    return nextTurn().then(() => {
      startedAtMs = now()
    })
  }
}
