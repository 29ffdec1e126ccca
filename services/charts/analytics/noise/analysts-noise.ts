/**
 * The noise that rows of analysts' tables carry where `ANALYTICS_EPSILON` is set, and what an account gives to them at most.
 *
 * What a table of a week tells of an account is bounded first: so many items, in each at most four regions, so many plays. Half
 * of the budget of a table and week is spent on numbers of accounts and half on plays, so the scale of the noise is what an
 * account may change in all cells together, divided by half of epsilon (C. Dwork, F. McSherry, K. Nissim, A. Smith,
 * Calibrating Noise to Sensitivity in Private Data Analysis, TCC 2006).
 *
 * A cell has one noise for ever, of the key, the cell and epsilon: asked again, and built anew, it is the same, so nobody
 * takes it off by averaging.
 * @module
 */
import { drawDiscreteLaplace, type Fraction } from './discrete-laplace.ts'
import { createSeededDraws, type KeyedHash } from './seeded-draws.ts'

/** What an account gives at most to a table and week. */
export interface ContributionBounds {
  /** Items of a table; of `tag_weeks` values of one tag. */
  readonly items: number
  /** Tags that it gives such values to; 1 in the other tables. */
  readonly tags: number
  /** Plays of an item. */
  readonly plays: number
}

export const contributionBounds = {
  track_weeks: { items: 10, tags: 1, plays: 3 },
  tag_weeks: { items: 2, tags: 10, plays: 3 },
  transition_weeks: { items: 10, tags: 1, plays: 3 },
} as const satisfies Record<string, ContributionBounds>

export type NoisyTable = keyof typeof contributionBounds

/** World, continent, country, subdivision. */
const REGIONS_OF_AN_ACCOUNT = 4

export interface CellNoise {
  readonly djs: number
  readonly plays: number
}

export interface AnalystsNoise {
  readonly epsilon: number
  /** The noise of a cell, which is named by week, item and region. */
  of(table: NoisyTable, cell: string): CellNoise
}

export function createAnalystsNoise(epsilon: number, hash: KeyedHash): AnalystsNoise {
  return {
    epsilon,
    of(table, cell) {
      const { items, tags, plays } = contributionBounds[table]
      const cells = items * tags * REGIONS_OF_AN_ACCOUNT
      const draw = (what: keyof CellNoise, sensitivity: number) =>
        drawDiscreteLaplace(
          createSeededDraws(hash, `${what}:${epsilon}:${table}:${cell}`),
          scaleOf(sensitivity, epsilon),
        )
      return { djs: draw('djs', cells), plays: draw('plays', cells * plays) }
    },
  }
}

/** Thousandths of epsilon: finer ones change the noise by less than what a setting is chosen by. */
const EPSILON_PARTS = 1000

/** Sensitivity by half of epsilon; epsilon is rounded down, so that rather less is spent. */
function scaleOf(sensitivity: number, epsilon: number): Fraction {
  return { numerator: sensitivity * 2 * EPSILON_PARTS, denominator: Math.floor(epsilon * EPSILON_PARTS) }
}
