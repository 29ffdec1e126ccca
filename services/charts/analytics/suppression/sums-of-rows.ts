/**
 * Which rows are exactly the sums of others that are left.
 * @module
 */
import type { Family, RowSystem } from './row-system.ts'

export interface SumsOfRows {
  /**
   * Whether the row is a sum of others that are left, but for accounts that published charts give away by themselves. Such
   * accounts are remembered as given away.
   */
  readonly isSum: (row: number) => boolean
  /** Tells that a row is left no more. */
  readonly take: (row: number) => void
  /** Whether published charts give a piece away. */
  readonly isBurnt: (piece: number) => boolean
}

/** `isLeft` is 1 for a row that is left; the caller changes it. */
export function createSumsOfRows(system: RowSystem, isLeft: Uint8Array, minimumDjs: number): SumsOfRows {
  const { rows, pieces, piecesOf, familiesOf } = system
  const isBurnt = new Uint8Array(pieces.length)
  const sizes = Uint32Array.from(piecesOf, ({ length }) => length)
  /** Pieces of a row that published charts do not give away. */
  const unburnt = sizes.slice()
  /** The number of the set that a piece was last put into: emptying a set is counting on. */
  const setOf = new Uint32Array(pieces.length)
  let sets = 0
  // What is no sum of some rows is looked at again only where one of these is left no more, or more is given away.
  const rowsTried: (Set<number> | undefined)[] = []
  const burntAt = new Map<Family, number>()
  const lookedAt = new Uint32Array(rows.length)
  let now = 1

  const burn = (piece: number) => {
    isBurnt[piece] = 1
    for (const row of pieces[piece]?.rows ?? []) {
      unburnt[row] = (unburnt[row] ?? 0) - 1
      for (const family of familiesOf[row] ?? []) burntAt.set(family, now)
    }
  }

  /** Whether a row of that many pieces may be a part of another; most rows are no sums, and sizes tell it at once. */
  const maybePart = (other: number, row: number, left: number, amongCharts: boolean): boolean => {
    const size = (amongCharts ? unburnt : sizes)[other] ?? 0
    if (size === 0 || size > left || other === row || isLeft[other] !== 1) return false
    return !amongCharts || rows[other]?.isFixed === true
  }

  /** Whether the others of a family have as many pieces at all as a sum needs. */
  const mayAddUp = (row: number, family: Family, amongCharts: boolean): boolean => {
    const sizeOf = amongCharts ? unburnt : sizes
    const size = sizeOf[row] ?? 0
    let wanted = amongCharts ? size - minimumDjs + 1 : size
    for (const other of family) {
      if (wanted <= 0) return true
      if (maybePart(other, row, size, amongCharts)) wanted -= sizeOf[other] ?? 0
    }
    return wanted <= 0
  }

  /** Whether all of a row's pieces that count are in the set. */
  const isIn = (own: readonly number[], set: number, amongCharts: boolean): boolean => {
    for (const piece of own) if (setOf[piece] !== set && !(amongCharts && isBurnt[piece] === 1)) return false
    return true
  }

  /**
   * What is left of a row's pieces when the largest rows of a family that fit into it are taken from it. Among published
   * charts, whom they give away already does not matter; any other row would tell these apart. `undefined` where it is plain
   * that much is left.
   */
  const restOf = (row: number, family: Family, amongCharts: boolean): readonly number[] | undefined => {
    if (!mayAddUp(row, family, amongCharts)) return undefined
    const own = piecesOf[row] ?? []
    let left = (amongCharts ? unburnt : sizes)[row] ?? 0
    const tried: number[] = []
    sets += 1
    for (const piece of own) if (!amongCharts || isBurnt[piece] === 0) setOf[piece] = sets
    for (const part of family) {
      if (left === 0) return []
      if (!maybePart(part, row, left, amongCharts)) continue
      const those = piecesOf[part] ?? []
      if (!isIn(those, sets, amongCharts)) continue
      for (const piece of those) if (setOf[piece] === sets) setOf[piece] = 0
      left -= (amongCharts ? unburnt : sizes)[part] ?? 0
      tried.push(part)
    }
    for (const part of tried) {
      const those = rowsTried[part] ?? new Set<number>()
      rowsTried[part] = those.add(row)
    }
    return own.filter((piece) => setOf[piece] === sets)
  }

  const isSum = (row: number): boolean => {
    const families = familiesOf[row] ?? []
    const isFixed = rows[row]?.isFixed === true
    for (const family of families) {
      if (restOf(row, family, false)?.length === 0) return true
      if (!isFixed) continue
      const unknown = restOf(row, family, true)
      if (unknown === undefined) continue
      if (unknown.reduce((sum, piece) => sum + (pieces[piece]?.accounts ?? 0), 0) >= minimumDjs) continue
      for (const piece of unknown) burn(piece)
      return true
    }
    return false
  }

  return {
    isSum(row) {
      const looked = lookedAt[row] ?? 0
      if (looked > 0 && (familiesOf[row] ?? []).every((family) => (burntAt.get(family) ?? 0) <= looked)) return false
      lookedAt[row] = now++
      return isSum(row)
    },
    take(row) {
      for (const other of rowsTried[row] ?? []) lookedAt[other] = 0
    },
    isBurnt: (piece) => isBurnt[piece] === 1,
  }
}
