/**
 * Exact rank of a matrix of small integers: by elimination modulo two primes, of which the larger result is the rank over
 * the rationals unless both divide a minor of it, for which the matrices here are too small by many orders.
 * @module
 */

/** The largest primes below 2^26 but one: products of two remainders are exact in a double. */
const primes = [67_108_859, 67_108_837]

export function rankOf(matrix: readonly (readonly number[])[]): number {
  return Math.max(...primes.map((prime) => rankModulo(matrix, prime)))
}

function rankModulo(matrix: readonly (readonly number[])[], prime: number): number {
  const rows = matrix.map((row) => row.map((value) => ((value % prime) + prime) % prime))
  const columns = rows[0]?.length ?? 0
  let rank = 0
  for (let column = 0; column < columns && rank < rows.length; column += 1) {
    const at = rows.findIndex((row, index) => index >= rank && row[column] !== 0)
    const pivot = rows[at]
    const top = rows[rank]
    if (pivot === undefined || top === undefined) continue
    rows[at] = top
    rows[rank] = pivot
    const inverse = inverseModulo(pivot[column] ?? 1, prime)
    for (const row of rows.slice(rank + 1)) {
      const factor = ((row[column] ?? 0) * inverse) % prime
      if (factor === 0) continue
      for (let index = column; index < columns; index += 1) {
        row[index] = ((row[index] ?? 0) + (prime - factor) * (pivot[index] ?? 0)) % prime
      }
    }
    rank += 1
  }
  return rank
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
