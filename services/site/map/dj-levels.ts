/**
 * Numbers of DJs in a few steps, for colours: each step is as many times more as the one before, since regions differ by
 * orders of magnitude.
 * @module
 */

const LEVELS = 5

/** The least number of each step, from the first; fewer steps where the numbers are close together. */
export function levelBounds(numbers: readonly number[]): number[] {
  if (numbers.length === 0) return []
  const least = Math.max(1, Math.min(...numbers))
  const ratio = Math.max(...numbers) / least
  const bounds = Array.from({ length: LEVELS }, (_, index) => Math.round(least * ratio ** (index / LEVELS)))
  return [...new Set(bounds)]
}

/** The step of a number, from 1. */
export function levelOf(number: number, bounds: readonly number[]): number {
  return Math.max(1, bounds.filter((bound) => number >= bound).length)
}
