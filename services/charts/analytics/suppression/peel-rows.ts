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
  /** By family the positions of its rows. */
  readonly membersOf: ReadonlyMap<string, readonly number[]>
}

export function toRowSystem(rows: readonly Row[], pieces: readonly Piece[]): RowSystem {
  const piecesOf: number[][] = rows.map(() => [])
  pieces.forEach((piece, index) => {
    for (const row of piece.rows) piecesOf[row]?.push(index)
  })
  const membersOf = new Map<string, number[]>()
  rows.forEach((row, index) => {
    for (const family of row.families) {
      const members = membersOf.get(family)
      if (members === undefined) membersOf.set(family, [index])
      else members.push(index)
    }
  })
  return { rows, pieces, piecesOf, membersOf }
}

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
  /** The other rows that are left around a piece. */
  readonly othersAround: (piece: number, row: number) => readonly number[]
}

/** Takes rows with witnesses and rows that are sums of others away, until none goes any more. */
export function peelRows(system: RowSystem, shown: readonly number[], minimumDjs: number): Core {
  const { pieces, piecesOf, membersOf } = system
  const left = new Set(shown)
  /** Pieces of accounts that published charts give away. */
  const burnt = new Set<number>()
  const unburntOf = [...piecesOf]
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
      if (mayAddUp(row, family, false) && restOf(row, family, false).length === 0) return true
      if (!isFixed || !mayAddUp(row, family, true)) continue
      const unknown = restOf(row, family, true)
      if (unknown.reduce((sum, index) => sum + (pieces[index]?.accounts ?? 0), 0) >= minimumDjs) continue
      for (const index of unknown) burn(index)
      return true
    }
    return false
  }

  const burn = (index: number) => {
    burnt.add(index)
    for (const row of pieces[index]?.rows ?? []) unburntOf[row] = (unburntOf[row] ?? []).filter((one) => one !== index)
  }

  /** Whether the others of a family have about as many pieces at all; most rows are no sums, and this sees it at once. */
  const mayAddUp = (row: number, family: string, amongCharts: boolean): boolean => {
    const of = amongCharts ? unburntOf : piecesOf
    const size = of[row]?.length ?? 0
    const wanted = amongCharts ? size - minimumDjs + 1 : size
    let parts = 0
    for (const other of membersOf.get(family) ?? []) {
      if (parts >= wanted) break
      const part = of[other]?.length ?? 0
      if (other !== row && part <= size && left.has(other) && (!amongCharts || system.rows[other]?.isFixed === true)) {
        parts += part
      }
    }
    return parts >= wanted
  }

  /**
   * What is left of a row's pieces when the largest rows of a family that fit into it are taken from it. Among published
   * charts, whom they give away already does not matter; any other row would tell these apart.
   */
  const restOf = (row: number, family: string, amongCharts: boolean): readonly number[] => {
    const of = amongCharts ? unburntOf : piecesOf
    const rest = new Set(of[row] ?? [])
    const parts = (membersOf.get(family) ?? [])
      .filter((other) => other !== row && left.has(other) && (system.rows[other]?.isFixed === true || !amongCharts))
      .map((other) => of[other] ?? [])
      .sort((a, b) => b.length - a.length)
    for (const part of parts) {
      if (part.length > 0 && part.every((index) => rest.has(index))) for (const index of part) rest.delete(index)
    }
    return [...rest]
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
    withhold(rows) {
      for (const row of rows) take(row)
      settle()
    },
    witnessesOf,
    othersAround: (piece, row) => (pieces[piece]?.rows ?? []).filter((other) => other !== row && left.has(other)),
  }
}
