/**
 * The address of a chart: region, genre and period, as they stand in a path.
 * @module
 */
import { type Period, parsePeriod } from '#rules/periods.ts'
import { regionLevel } from '#rules/regions.ts'

/** The period that stands for the newest week that is published. */
export const LATEST = 'latest'

export interface ChartAddress {
  readonly region: string
  readonly genre: string
  readonly period: Period | typeof LATEST
}

/** Longer than any slug, with `scene-` before it. */
const GENRE_LENGTH_MAX = 106

/** Reads an address; `undefined` where no chart can have it: an unknown region, no period, no slug. */
export function parseChartAddress(parts: { region: string; genre: string; period: string }): ChartAddress | undefined {
  const { region, genre } = parts
  const period = parts.period === LATEST ? LATEST : parsePeriod(parts.period)
  if (period === undefined || regionLevel(region) === undefined) return undefined
  if (genre.length > GENRE_LENGTH_MAX || !/^[\p{L}\p{N}-]+$/u.test(genre)) return undefined
  return { region, genre, period }
}
