/**
 * What readers know of an item of a week: which charts show it, and who stands behind these otherwise than behind the
 * analysts' rows.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { regionOfId } from '../region-ids.ts'
import { analyticsStatements as statements } from './analytics-statements.ts'
import type { ItemPlace } from './read-items.ts'
import { regionsAround } from './suppression/regions-around.ts'

/** The numbers of an item in a published chart. */
interface ChartedNumbers {
  readonly djs: number
  readonly plays: number
}

export interface KnownCharts {
  /** By track (decimal), and region: entries of the charts of all genres. */
  readonly tracks: ReadonlyMap<string, ReadonlyMap<string, ChartedNumbers>>
  /** By genre, and region: heads of charts. */
  readonly genres: ReadonlyMap<string, ReadonlyMap<string, ChartedNumbers>>
  /** Regions whose chart of all genres is shown: their plays stand at its head. */
  readonly chartsOfAll: readonly string[]
  /** By genre: accounts whose changes wait in a chart, by their finest region. */
  readonly waiting: ReadonlyMap<string, ReadonlyMap<string, number>>
}

export async function readKnownCharts(store: StoreConnection, params: Record<string, unknown>): Promise<KnownCharts> {
  const waiting = new Map<string, Map<string, number>>()
  const rows = await store.rows<{ genre: string; regions: string[]; accounts: string }>(statements.readWaiting, params)
  for (const { genre, regions, accounts } of rows) {
    const places = waiting.get(genre) ?? new Map<string, number>()
    waiting.set(genre, places)
    for (const region of finestOf(regions.map(regionOfId))) {
      places.set(region, (places.get(region) ?? 0) + Number(accounts))
    }
  }
  const regions = await store.rows<{ region: string }>(statements.readChartedRegions, params)
  return {
    chartsOfAll: regions.map(({ region }) => region),
    tracks: await readNumbers(store, statements.readCharted, params),
    genres: await readNumbers(store, statements.readHeaders, params),
    waiting,
  }
}

/**
 * The places of an item with those accounts among the objectors whose changes wait in a chart that shows it, where the
 * numbers of the chart tell that something waits: which of the accounts it is, nothing tells.
 */
export function withWaiting(
  places: readonly ItemPlace[],
  charted: ReadonlyMap<string, ChartedNumbers>,
  waiting: ReadonlyMap<string, number> | undefined,
): readonly ItemPlace[] {
  if (waiting === undefined || charted.size === 0 || areAsNow(places, charted)) return places
  const byRegion = new Map(places.map((place) => [place.region, place]))
  for (const [region, accounts] of waiting) {
    const place = byRegion.get(region) ?? { region, djs: 0, plays: 0, objectors: 0, objectorPlays: 0 }
    byRegion.set(region, { ...place, objectors: place.objectors + accounts })
  }
  return [...byRegion.values()]
}

/** Whether the charts tell of the item what they would tell now. */
function areAsNow(places: readonly ItemPlace[], charted: ReadonlyMap<string, ChartedNumbers>): boolean {
  const now = new Map<string, { djs: number; plays: number }>()
  for (const place of places) {
    for (const region of regionsAround(place.region)) {
      const sum = now.get(region) ?? { djs: 0, plays: 0 }
      now.set(region, sum)
      sum.djs += place.djs + place.objectors
      sum.plays += place.plays + place.objectorPlays
    }
  }
  return [...charted].every(([region, { djs, plays }]) => {
    const sum = now.get(region)
    return sum?.djs === djs && sum.plays === plays
  })
}

/** Those of the regions that none of the others lies in. */
function finestOf(regions: readonly string[]): string[] {
  const above = new Set(regions.flatMap((region) => regionsAround(region).slice(1)))
  return regions.filter((region) => !above.has(region))
}

async function readNumbers(
  store: StoreConnection,
  sql: string,
  params: Record<string, unknown>,
): Promise<Map<string, Map<string, ChartedNumbers>>> {
  const rows = await store.rows<{ name: string; region: string; djs: number; plays: string }>(sql, params)
  const byName = new Map<string, Map<string, ChartedNumbers>>()
  for (const { name, region, djs, plays } of rows) {
    const regions = byName.get(name) ?? new Map<string, ChartedNumbers>()
    byName.set(name, regions.set(region, { djs, plays: Number(plays) }))
  }
  return byName
}
