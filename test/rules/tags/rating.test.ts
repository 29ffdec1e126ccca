import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { starsOfPopularimeter } from '#rules/tags/rating.ts'

describe('the stars of a popularimeter', () => {
  it.each([
    [1, 1],
    [31, 1],
    [32, 2],
    [64, 2],
    [128, 3],
    [196, 4],
    [223, 4],
    [224, 5],
    [255, 5],
  ])('%d are %d', (byte, stars) => {
    expect(starsOfPopularimeter(byte)).toBe(stars)
  })

  it('are unknown for 0 and for what is no byte', () => {
    for (const byte of [0, -1, 256, Number.NaN]) expect(starsOfPopularimeter(byte)).toBeUndefined()
  })

  it('never fall while the byte rises', () => {
    const byte = fc.integer({ min: 1, max: 255 })
    fc.assert(
      fc.property(byte, byte, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(starsOfPopularimeter(low)).toBeLessThanOrEqual(starsOfPopularimeter(high) ?? 0)
      }),
    )
  })
})
