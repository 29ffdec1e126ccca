import { describe, expect, it } from 'vitest'
import { levelBounds, levelOf } from '../../../services/site/map/dj-levels.ts'
import { worldShapes } from '../../../services/site/map/world-shapes.ts'

describe('the colours of the map', () => {
  it('step by factors from the least to the most', () => {
    const bounds = levelBounds([5, 50, 500])
    expect(bounds).toEqual([5, 13, 32, 79, 199])
    expect([5, 12, 50, 500].map((djs) => levelOf(djs, bounds))).toEqual([1, 1, 3, 5])
  })

  it('are fewer where the numbers are close together, and none where there are none', () => {
    expect(levelBounds([7, 7])).toEqual([7])
    expect(levelBounds([])).toEqual([])
  })
})

describe('the shapes of the map', () => {
  it('have every country once, with a shape or with a dot', () => {
    const countries = worldShapes().countries.flatMap(({ country }) => country ?? [])
    expect(new Set(countries).size).toBe(countries.length)
    expect(countries).toEqual(expect.arrayContaining(['NZ', 'DE', 'SG', 'MT', 'US']))
    for (const { path, dot } of worldShapes().countries) expect(path !== '' || dot !== undefined).toBe(true)
  })
})
