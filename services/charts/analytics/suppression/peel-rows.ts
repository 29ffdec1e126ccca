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

/** A number that is shown, or would be. */
export interface Row {
  /** Accounts behind it; of two that stand in each other's way the smaller goes. */
  readonly accounts: number
  /** Is on a published chart: readers have it, whatever becomes of the others. */
  readonly isFixed: boolean
  /** Rows of one family may add up to a row: the regions of one value, the values of one region. */
  readonly families: readonly string[]
}

/** What some accounts give that lies in the same rows: the smallest thing that sums of rows can tell apart. */
export interface Piece {
  readonly accounts: number
  /** Pieces of one group are of different accounts, so their accounts may be added; those of two groups may be the same. */
  readonly group: string
  /** Positions of the rows that it lies in. */
  readonly rows: readonly number[]
}

/** Rows with the pieces in them. */
export interface RowSystem {
  readonly rows: readonly Row[]
  readonly pieces: readonly Piece[]
  /** By row the positions of its pieces. */
  readonly piecesOf: readonly (readonly number[])[]
}

export function toRowSystem(rows: readonly Row[], pieces: readonly Piece[]): RowSystem {
  const piecesOf: number[][] = rows.map(() => [])
  pieces.forEach((piece, index) => {
    for (const row of piece.rows) piecesOf[row]?.push(index)
  })
  return { rows, pieces, piecesOf }
}

/** What is left when no more row proves itself. */
export interface Core {
  /** The rows that are left, by position. */
  readonly rows: ReadonlySet<number>
  /** Accounts of a row that are in no other one that is left. */
  readonly witnessesOf: (row: number) => number
  /** The other rows that are left around a piece. */
  readonly othersAround: (piece: number, row: number) => readonly number[]
}

/** Takes rows with witnesses and rows that are sums of others away, until none goes any more. */
export function peelRows(system: RowSystem, shown: readonly number[], minimumDjs: number): Core {
  const { pieces, piecesOf } = system
  const left = new Set(shown)
  const burnt = new Set<number>()
  const around = pieces.map((piece) => piece.rows.filter((row) => left.has(row)).length)
  const witnesses = new Map<number, Map<string, number>>()
  const ready: number[] = []

  const witnessesOf = (row: number) => Math.max(0, ...(witnesses.get(row)?.values() ?? []))

  const countWitnesses = (index: number) => {
    const piece = pieces[index]
    const row = piece?.rows.find((other) => left.has(other))
    if (piece === undefined || row === undefined || burnt.has(index)) return
    const byGroup = witnesses.get(row) ?? new Map<string, number>()
    witnesses.set(row, byGroup)
    const accounts = (byGroup.get(piece.group) ?? 0) + piece.accounts
    byGroup.set(piece.group, accounts)
    if (accounts >= minimumDjs) ready.push(row)
  }

  const take = (row: number) => {
    if (!left.delete(row)) return
    for (const index of piecesOf[row] ?? []) {
      const count = (around[index] ?? 0) - 1
      around[index] = count
      if (count === 1) countWitnesses(index)
    }
  }

  const takeReady = () => {
    for (let row = ready.pop(); row !== undefined; row = ready.pop()) take(row)
  }

  /** Whether the row is a sum of others that are left, but for accounts that published charts give away by themselves. */
  const isSum = (row: number): boolean => {
    const { families = [], isFixed = false } = system.rows[row] ?? {}
    if (witnessesOf(row) >= minimumDjs || (!isFixed && witnessesOf(row) > 0)) return false
    for (const family of families) {
      if (restOf(row, family, false).length === 0) return true
      if (!isFixed) continue
      const unknown = restOf(row, family, true)
      if (unknown.reduce((sum, index) => sum + (pieces[index]?.accounts ?? 0), 0) >= minimumDjs) continue
      for (const index of unknown) burnt.add(index)
      return true
    }
    return false
  }

  /**
   * What is left of a row's pieces when the largest rows of a family that fit into it are taken from it. Among published
   * charts, whom they give away already does not matter; any other row would tell these apart.
   */
  const restOf = (row: number, family: string, amongCharts: boolean): readonly number[] => {
    const piecesIn = (of: number) => (piecesOf[of] ?? []).filter((index) => !amongCharts || !burnt.has(index))
    const rest = new Set(piecesIn(row))
    const inside = new Set<number>()
    for (const index of rest) for (const other of pieces[index]?.rows ?? []) if (left.has(other)) inside.add(other)
    inside.delete(row)
    const parts = [...inside]
      .filter((other) => {
        const part = system.rows[other]
        return part?.families.includes(family) === true && (part.isFixed || !amongCharts)
      })
      .map((other) => piecesIn(other))
      .sort((a, b) => b.length - a.length)
    for (const part of parts) {
      if (part.length > 0 && part.every((index) => rest.has(index))) for (const index of part) rest.delete(index)
    }
    return [...rest]
  }

  around.forEach((count, index) => {
    if (count === 1) countWitnesses(index)
  })
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
  return {
    rows: left,
    witnessesOf,
    othersAround: (piece, row) => (pieces[piece]?.rows ?? []).filter((other) => other !== row && left.has(other)),
  }
}
