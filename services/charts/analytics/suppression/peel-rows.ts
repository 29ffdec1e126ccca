/**
 * Which published numbers prove themselves safe, and which stand in each other's way.
 *
 * Whoever reads numbers adds and subtracts them. A sum of rows, each times something, tells of few accounts where all
 * others cancel out. It cannot where the rows can be put in an order in which each has a witness: at least a minimum of
 * accounts that give something to it which no later row holds. In such a sum the first row's factor must then be 0, or its
 * witnesses stay in the sum; and so on to the last. So each sum tells of nothing or of at least the minimum, whatever the
 * rows are: regions and their sub-regions, values and their total, weeks and their month.
 *
 * A row that is exactly the sum of others tells nothing beside them and needs no witness. Of a published chart which less
 * other published charts leaves few accounts, those are known already: they are witnesses of nothing any more, and the chart
 * tells nothing beside the others. Decision 20 has the whole argument.
 * @module
 */

import type { RowSystem } from './row-system.ts'
import { createSumsOfRows } from './sums-of-rows.ts'

/** What is left when no more row proves itself. */
export interface Core {
  /** The rows that are left, by position; fewer after {@link Core.withhold}. */
  readonly rows: ReadonlySet<number>
  /**
   * Goes on without these rows. What was taken away as a sum of one of them is not looked at again, so that it takes another
   * peeling to see that all is well.
   */
  readonly withhold: (rows: readonly number[]) => void
  /** Accounts of a row that are in no other one that is left. */
  readonly witnessesOf: (row: number) => number
  /** The one other row that is left around a piece; `undefined` where there are none or several. */
  readonly otherAround: (piece: number, row: number) => number | undefined
}

/** Takes rows with witnesses and rows that are sums of others away, until none goes any more. */
export function peelRows(system: RowSystem, shown: readonly number[], minimumDjs: number): Core {
  const { rows, pieces, piecesOf } = system
  const left = new Set(shown)
  const isLeft = new Uint8Array(rows.length)
  for (const row of shown) isLeft[row] = 1
  const around = Uint32Array.from(pieces, (piece) => piece.rows.reduce((count, row) => count + (isLeft[row] ?? 0), 0))
  const sums = createSumsOfRows(system, isLeft, minimumDjs)
  const accountsByGroup = new Map<number, Map<string, number>>()
  /** By row the accounts of its largest group of witnesses. */
  const witnesses = new Float64Array(rows.length)
  const ready: number[] = []

  const countWitnesses = (index: number) => {
    const piece = pieces[index]
    const row = piece?.rows.find((other) => isLeft[other] === 1)
    if (piece === undefined || row === undefined || sums.isBurnt(index)) return
    const byGroup = accountsByGroup.get(row) ?? new Map<string, number>()
    accountsByGroup.set(row, byGroup)
    const accounts = (byGroup.get(piece.group) ?? 0) + piece.accounts
    byGroup.set(piece.group, accounts)
    witnesses[row] = Math.max(witnesses[row] ?? 0, accounts)
    if (accounts >= minimumDjs) ready.push(row)
  }

  const take = (row: number) => {
    if (!left.delete(row)) return
    isLeft[row] = 0
    sums.take(row)
    for (const index of piecesOf[row] ?? []) {
      const count = (around[index] ?? 0) - 1
      around[index] = count
      if (count === 1) countWitnesses(index)
    }
  }

  const takeReady = () => {
    for (let row = ready.pop(); row !== undefined; row = ready.pop()) take(row)
  }

  const isSum = (row: number): boolean => {
    const has = witnesses[row] ?? 0
    // Of a chart that less others leaves few accounts, those are given away; no other row may be such a one.
    return has < minimumDjs && (has === 0 || rows[row]?.isFixed === true) && sums.isSum(row)
  }

  around.forEach((count, index) => {
    if (count === 1) countWitnesses(index)
  })
  const settle = () => {
    takeReady()
    for (let hasTaken = true; hasTaken; ) {
      hasTaken = false
      for (const row of left) {
        if (!isSum(row)) continue
        take(row)
        takeReady()
        hasTaken = true
      }
    }
  }
  settle()
  return {
    rows: left,
    withhold(those) {
      for (const row of those) take(row)
      settle()
    },
    witnessesOf: (row) => witnesses[row] ?? 0,
    otherAround: (piece, row) =>
      around[piece] === 2 ? pieces[piece]?.rows.find((other) => other !== row && isLeft[other] === 1) : undefined,
  }
}
