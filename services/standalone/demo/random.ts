/**
 * Numbers that look random and are a pure function of what they are for: the same keys give the same numbers, so that
 * pieces of the demo's world can be made in any order and come out the same.
 * @module
 */

export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  integer(min: number, max: number): number
  between(min: number, max: number): number
  chance(probability: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T
}

const TWO_TO_32 = 2 ** 32

/** 32 bits of the keys (whole numbers), by the mixing steps of MurmurHash3. */
function hash(start: number, keys: readonly number[]): number {
  let state = start
  for (const key of keys) {
    let mixed = Math.imul(key, 0xcc9e2d51)
    mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
    state ^= mixed
    state = Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

/** One number from 0 up to 1 for the keys. */
export function unitOf(...keys: number[]): number {
  return hash(0x2545f491, keys) / TWO_TO_32
}

/** One number of the standard normal distribution for the keys (Box–Muller). */
export function normalOf(...keys: number[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - unitOf(...keys, 1)))
  return radius * Math.cos(2 * Math.PI * unitOf(...keys, 2))
}

/** A stream of numbers for the keys: the generator sfc32 of PractRand. */
export function createRandom(...keys: number[]): Random {
  let a = hash(1, keys)
  let b = hash(2, keys)
  let c = hash(3, keys)
  let counter = 1

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / TWO_TO_32
  }
  for (let round = 0; round < 12; round += 1) next()

  return {
    next,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    between: (min, max) => min + next() * (max - min),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  }
}

/** The place in a list of weights that a number from 0 up to 1 falls on. */
export function weightedIndex(weights: readonly number[], unit: number): number {
  let left = unit * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}
