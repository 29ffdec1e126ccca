/**
 * Exact linear algebra over small integers: by elimination modulo two primes, of which the larger rank is that over the
 * rationals unless both divide a minor of the matrix, for which the matrices here are too small by many orders.
 * @module
 */

/** The largest primes below 2^26 but one: products of two remainders are exact in a double. */
const FIRST_PRIME = 67_108_859
const SECOND_PRIME = 67_108_837

type Matrix = readonly (readonly number[])[]

export function rankOf(matrix: Matrix): number {
  return Math.max(reduce(matrix, FIRST_PRIME).rows.length, reduce(matrix, SECOND_PRIME).rows.length)
}

/**
 * For a matrix of so many columns answers, for some of the columns, how many dimensions of its row space lie in them alone;
 * modulo one prime, so that a finding is to be confirmed.
 *
 * A vector is in the row space where it is at right angles to the kernel, so vectors in a few columns are what these few
 * columns of the kernel are dependent by: a small elimination for each set of columns in place of a large one.
 */
export function dimensionsWithin(matrix: Matrix, columns: number): (some: readonly number[]) => number {
  const { rows, pivots } = reduce(matrix, FIRST_PRIME)
  const pivotRow = new Map(pivots.map((column, row) => [column, row]))
  const free = Array.from({ length: columns }, (_, column) => column).filter((column) => !pivotRow.has(column))
  // By column of the matrix its entries in a basis of the kernel, of which each vector belongs to a free column.
  const kernel = Array.from({ length: columns }, (_, column) => {
    const row = pivotRow.get(column)
    return free.map((other) => {
      if (row === undefined) return Number(other === column)
      return (FIRST_PRIME - (rows[row]?.[other] ?? 0)) % FIRST_PRIME
    })
  })
  return (some) =>
    some.length -
    reduce(
      some.map((column) => kernel[column] ?? []),
      FIRST_PRIME,
    ).rows.length
}

/** The rows of the reduced echelon form that are not 0, and the columns that they begin in. */
function reduce(matrix: Matrix, prime: number): { readonly rows: number[][]; readonly pivots: number[] } {
  const rows = matrix.map((row) => row.map((value) => ((value % prime) + prime) % prime))
  const columns = rows[0]?.length ?? 0
  const pivots: number[] = []
  for (let column = 0; column < columns && pivots.length < rows.length; column += 1) {
    const rank = pivots.length
    const at = rows.findIndex((row, index) => index >= rank && row[column] !== 0)
    const pivot = rows[at]
    const top = rows[rank]
    if (pivot === undefined || top === undefined) continue
    rows[at] = top
    rows[rank] = pivot
    const inverse = inverseModulo(pivot[column] ?? 1, prime)
    for (let index = column; index < columns; index += 1) pivot[index] = ((pivot[index] ?? 0) * inverse) % prime
    rows.forEach((row, index) => {
      const factor = row[column] ?? 0
      if (index === rank || factor === 0) return
      for (let other = column; other < columns; other += 1) {
        row[other] = ((row[other] ?? 0) + (prime - factor) * (pivot[other] ?? 0)) % prime
      }
    })
    pivots.push(column)
  }
  return { rows: rows.slice(0, pivots.length), pivots }
}

/** By Fermat's little theorem: the value to the power of the prime less 2. */
function inverseModulo(value: number, prime: number): number {
  let result = 1
  let base = value
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % prime
    base = (base * base) % prime
  }
  return result
}
