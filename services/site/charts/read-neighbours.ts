/**
 * The charts around a chart, for the links of its page: each of them is published.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, type PeriodKind, parsePeriod } from '#rules/periods.ts'
import { parentRegion } from '#rules/regions.ts'

/** More links than this help nobody. */
const LINKS_MAX = 300

const DAY_MS = 86_400_000

export interface Neighbours {
  /** Regions that this one lies in and that have a chart of the same genre and period. */
  readonly regionsAbove: readonly string[]
  /** Regions right within this one that have a chart of the same genre and period, those with most DJs first. */
  readonly regionsWithin: readonly string[]
  /** Other genres and scenes with a chart of the same region and period, those with most DJs first. */
  readonly otherGenres: readonly string[]
  /** For each kind of period the chart of the same region and genre that is nearest in time; absent where there is none. */
  readonly periods: Partial<Readonly<Record<PeriodKind, string>>>
}

export interface ChartPlace {
  readonly region: string
  readonly genre: string
  readonly period: Period
}

export async function readNeighbours(store: StoreConnection, place: ChartPlace): Promise<Neighbours> {
  const { region, genre, period } = place
  const rows = await store.rows<{ region: string; genre: string }>(
    `SELECT region, genre FROM charts.published FINAL
     WHERE kind = {kind:String} AND period = {period:String} AND withheld = 0
       AND (genre = {genre:String} OR region = {region:String})
     ORDER BY djs DESC, region, genre`,
    { region, genre, kind: period.kind, period: period.name },
  )
  const regions = rows.filter((row) => row.genre === genre).map((row) => row.region)
  const above = regionsAbove(region)
  return {
    regionsAbove: above.filter((candidate) => regions.includes(candidate)),
    regionsWithin: regions.filter((candidate) => parentRegion(candidate) === region).slice(0, LINKS_MAX),
    otherGenres: rows
      .filter((row) => row.region === region && row.genre !== genre)
      .map((row) => row.genre)
      .slice(0, LINKS_MAX),
    periods: await readPeriods(store, place),
  }
}

/** The regions that a region lies in, from the world down. */
export function regionsAbove(region: string): string[] {
  const above: string[] = []
  for (let next = parentRegion(region); next !== undefined; next = parentRegion(next)) above.unshift(next)
  return above
}

async function readPeriods(
  store: StoreConnection,
  { region, genre, period }: ChartPlace,
): Promise<Neighbours['periods']> {
  const rows = await store.rows<{ kind: PeriodKind; periods: readonly string[] }>(
    `SELECT kind, groupArray(period) AS periods FROM charts.published FINAL
     WHERE region = {region:String} AND genre = {genre:String} AND withheld = 0
     GROUP BY kind`,
    { region, genre },
  )
  return Object.fromEntries(
    rows.map(({ kind, periods }) => [kind, kind === period.kind ? period.name : nearestPeriod(periods, period)]),
  )
}

/** The period that holds the middle of this one, or that this one holds the newest of; else the one that is nearest. */
function nearestPeriod(names: readonly string[], { startMs, endMs }: Period): string | undefined {
  const middleMs = (startMs + endMs) / 2
  const distanceMs = (name: string) => {
    const other = parsePeriod(name)
    if (other === undefined) return Number.POSITIVE_INFINITY
    if (other.startMs <= middleMs && middleMs < other.endMs) return 0
    // Within this one the newest is nearest.
    if (startMs <= other.startMs + 3 * DAY_MS && other.startMs < endMs) return endMs - other.startMs
    return endMs - startMs + Math.abs((other.startMs + other.endMs) / 2 - middleMs)
  }
  return [...names].sort((a, b) => distanceMs(a) - distanceMs(b))[0]
}
