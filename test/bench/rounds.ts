/**
 * Rounds that alternate, so that what disturbs the machine for a while disturbs both sides.
 * @module
 */

/**
 * Runs all sides in turn, `rounds` times after one round that only warms up, and hands over what each side measured; of no
 * rounds, what it measured while it warmed up.
 */
export async function alternate<T>(rounds: number, sides: readonly ((round: number) => Promise<T>)[]): Promise<T[][]> {
  const measured: T[][] = sides.map(() => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const one = await side(round)
      if (round > 0 || rounds === 0) measured[index]?.push(one)
    }
  }
  return measured
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that a share of the values does not exceed; between two of them, their mean by weight. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}
