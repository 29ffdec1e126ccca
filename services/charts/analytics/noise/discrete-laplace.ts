/**
 * Exact draws from the discrete Laplace distribution: whole numbers x with a probability in proportion to exp(-|x| / scale),
 * without a floating-point number in between, whose gaps would tell what noise was added to.
 *
 * Source: C. Canonne, G. Kamath, T. Steinke, The Discrete Gaussian for Differential Privacy (NeurIPS 2020), algorithms 1 and 2.
 * @module
 */
import type { SeededDraws } from './seeded-draws.ts'

/** A positive fraction of whole numbers. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

export function drawDiscreteLaplace({ uniform }: SeededDraws, scale: Fraction): number {
  const { numerator: steps, denominator: divisor } = scale

  /** True with the probability exp(-numerator / denominator), where that fraction is at most 1. */
  const isBelowExp = (numerator: number, denominator: number): boolean => {
    let count = 1
    while (uniform(denominator * count) < numerator) count += 1
    return count % 2 === 1
  }

  for (;;) {
    const part = uniform(steps)
    if (!isBelowExp(part, steps)) continue
    let whole = 0
    while (isBelowExp(1, 1)) whole += 1
    const size = Math.floor((part + steps * whole) / divisor)
    const isNegative = uniform(2) === 1
    // Of the two zeros one is too many.
    if (isNegative && size === 0) continue
    return isNegative ? -size : size
  }
}
