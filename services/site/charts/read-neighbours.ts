/**
 * The charts around a chart, for the links of its page.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import type { Period } from '#rules/periods.ts'
import { parentRegion, regionName } from '#rules/regions.ts'

/** More links than this help nobody. */
const LINKS_MAX = 300

export interface Neighbours {
  /** The region above, where it has a chart of the same genre and period. */
  readonly regionAbove: string | undefined
  /** Regions in this one that have a chart of the same genre and period, by name. */
  readonly regionsWithin: readonly string[]
  /** Other genres of the same region and period. */
  readonly otherGenres: readonly string[]
}

export async function readNeighbours(
  store: StoreConnection,
  { region, genre, period }: { readonly region: string; readonly genre: string; readonly period: Period },
): Promise<Neighbours> {
  const rows = await store.rows<{ region: string; genre: string }>(
    `SELECT region, genre FROM charts.published FINAL
     WHERE kind = {kind:String} AND period = {period:String} AND withheld = 0
       AND (genre = {genre:String} OR region = {region:String})
     ORDER BY region, genre`,
    { region, genre, kind: period.kind, period: period.name },
  )
  const regions = rows.filter((row) => row.genre === genre).map((row) => row.region)
  const above = parentRegion(region)
  return {
    regionAbove: above !== undefined && regions.includes(above) ? above : undefined,
    regionsWithin: byName(regions.filter((candidate) => parentRegion(candidate) === region)),
    otherGenres: rows
      .filter((row) => row.region === region && row.genre !== genre)
      .map((row) => row.genre)
      .slice(0, LINKS_MAX),
  }
}

function byName(regions: readonly string[]): string[] {
  return [...regions].sort((a, b) => regionName(a).localeCompare(regionName(b), 'en')).slice(0, LINKS_MAX)
}
