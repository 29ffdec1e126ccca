import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { contributionBounds, createAnalystsNoise } from '../../../../services/charts/analytics/noise/analysts-noise.ts'
import { drawDiscreteLaplace, type Fraction } from '../../../../services/charts/analytics/noise/discrete-laplace.ts'
import { createSeededDraws } from '../../../../services/charts/analytics/noise/seeded-draws.ts'

const hashUnder = (key: string) => (seed: string) => createHmac('sha512', key).update(seed).digest()
const DRAWS = 20_000

/** Chi-squared of draws against what is expected of them, over the numbers of which five or more are, and the rest. */
function chiSquared(draws: readonly number[], probabilityOf: (value: number) => number) {
  const counts = new Map<number, number>()
  for (const value of draws) counts.set(value, (counts.get(value) ?? 0) + 1)
  let statistic = 0
  let bins = 0
  let [restCounted, restExpected] = [draws.length, draws.length]
  for (let value = -200; value <= 200; value += 1) {
    const expected = draws.length * probabilityOf(value)
    if (expected < 5) continue
    const counted = counts.get(value) ?? 0
    statistic += (counted - expected) ** 2 / expected
    bins += 1
    restCounted -= counted
    restExpected -= expected
  }
  if (restExpected >= 5) statistic += (restCounted - restExpected) ** 2 / restExpected
  return { statistic, degrees: bins }
}

/** What a chi-squared of so many degrees exceeds once in ten thousand times, about (Wilson and Hilferty 1931). */
const limitOf = (degrees: number) => degrees * (1 - 2 / (9 * degrees) + 3.719 * Math.sqrt(2 / (9 * degrees))) ** 3

const laplace = (scale: number) => (value: number) => {
  const ratio = Math.exp(-1 / scale)
  return ((1 - ratio) / (1 + ratio)) * ratio ** Math.abs(value)
}

describe('noise', () => {
  const scales: readonly Fraction[] = [
    { numerator: 1, denominator: 2 },
    { numerator: 1, denominator: 1 },
    { numerator: 7, denominator: 3 },
    { numerator: 20, denominator: 1 },
  ]
  it.each(scales)('is distributed as the discrete Laplace of scale $numerator/$denominator', (scale) => {
    const seeded = createSeededDraws(hashUnder('a key'), 'a seed')
    const draws = Array.from({ length: DRAWS }, () => drawDiscreteLaplace(seeded, scale))
    const { statistic, degrees } = chiSquared(draws, laplace(scale.numerator / scale.denominator))
    expect(statistic).toBeLessThan(limitOf(degrees))
    // Held against another scale the same test fails.
    const other = chiSquared(draws, laplace((1.2 * scale.numerator) / scale.denominator))
    expect(other.statistic).toBeGreaterThan(limitOf(other.degrees))
  })

  it('of cells is distributed by the bounds of their table and epsilon', () => {
    const noise = createAnalystsNoise(40, hashUnder('a key'))
    const cells = Array.from({ length: DRAWS }, (_, cell) => noise.of('track_weeks', `2026-W07 ${cell} NZ`))
    const { items, plays } = contributionBounds.track_weeks
    for (const [what, sensitivity] of [
      ['djs', items * 4],
      ['plays', items * 4 * plays],
    ] as const) {
      const { statistic, degrees } = chiSquared(
        cells.map((cell) => cell[what]),
        laplace(sensitivity / 20),
      )
      expect(statistic).toBeLessThan(limitOf(degrees))
    }
  })

  it('is the same for a cell whenever it is drawn, and another for another cell, table, epsilon and key', () => {
    const drawn = (epsilon: number, key: string, table: 'track_weeks' | 'tag_weeks', cell: string) =>
      createAnalystsNoise(epsilon, hashUnder(key)).of(table, cell)
    const first = drawn(0.1, 'a key', 'track_weeks', '2026-W07 1 NZ')
    expect(drawn(0.1, 'a key', 'track_weeks', '2026-W07 1 NZ')).toEqual(first)
    expect(drawn(0.1, 'a key', 'track_weeks', '2026-W08 1 NZ')).not.toEqual(first)
    expect(drawn(0.1, 'a key', 'tag_weeks', '2026-W07 1 NZ')).not.toEqual(first)
    expect(drawn(0.11, 'a key', 'track_weeks', '2026-W07 1 NZ')).not.toEqual(first)
    expect(drawn(0.1, 'another', 'track_weeks', '2026-W07 1 NZ')).not.toEqual(first)
  })
})
