/**
 * Numbers that are shown, and what lies in them: what is asked for is never what a number says, only what it is a sum of.
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
  /** By row the positions of its pieces, ascending. */
  readonly piecesOf: readonly (readonly number[])[]
  /** By row the families it is of, each as the positions of all rows in it. */
  readonly familiesOf: readonly (readonly Family[])[]
}

/** Positions of rows, those with the most pieces first. */
export type Family = readonly number[]

export function toRowSystem(rows: readonly Row[], pieces: readonly Piece[]): RowSystem {
  const families = new Map<string, number[]>()
  const familiesOf = rows.map((row, index) =>
    row.families.map((name) => {
      const members = families.get(name) ?? []
      families.set(name, members)
      members.push(index)
      return members
    }),
  )
  const piecesOf = piecesOfRows(rows.length, pieces)
  const sizeOf = (row: number) => piecesOf[row]?.length ?? 0
  for (const members of families.values()) members.sort((a, b) => sizeOf(b) - sizeOf(a))
  return { rows, pieces, piecesOf, familiesOf }
}

export function piecesOfRows(rows: number, pieces: readonly Piece[]): number[][] {
  const piecesOf = Array.from({ length: rows }, (): number[] => [])
  pieces.forEach((piece, index) => {
    for (const row of piece.rows) piecesOf[row]?.push(index)
  })
  return piecesOf
}
