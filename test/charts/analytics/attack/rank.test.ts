import { describe, expect, it } from 'vitest'
import { dimensionsWithin, rankOf } from './rank.ts'

describe('rank', () => {
  it('counts the rows that are no sums of others', () => {
    expect(
      rankOf([
        [1, 1, 0],
        [0, 1, 1],
        [1, 2, 1],
      ]),
    ).toBe(2)
    expect(rankOf([[0, 0]])).toBe(0)
  })

  it('tells how much of a row space lies in some columns alone', () => {
    const matrix = [
      [1, 1, 1, 1],
      [0, 1, 1, 1],
    ]
    const within = dimensionsWithin(matrix, 4)
    expect(within([0])).toBe(1)
    expect(within([1])).toBe(0)
    expect(within([1, 2])).toBe(0)
    expect(within([1, 2, 3])).toBe(1)
    expect(within([0, 1, 2, 3])).toBe(2)
  })
})
