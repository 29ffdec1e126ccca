/**
 * Withholds, of the cells of a table of a week, those that others would tell of: values of a tag less the plays of a chart,
 * transitions less the plays of their track.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { regionOfId, toRegionId } from '../region-ids.ts'
import { type ItemTable, suppressionStatements } from './analytics-statements.ts'
import type { KnownCharts } from './known-charts.ts'
import type { SuppressionRules } from './suppression/publishable-regions.ts'
import { regionsAround } from './suppression/regions-around.ts'
import { withheldTransitions } from './suppression/withheld-transitions.ts'
import { withheldValues } from './suppression/withheld-values.ts'

export interface CellsInHand {
  readonly store: StoreConnection
  readonly table: ItemTable
  readonly known: KnownCharts
  readonly rules: SuppressionRules
  /** Parameters of the statements. */
  readonly params: Record<string, unknown>
}

interface CellName {
  readonly item: string
  readonly next_item: string
  readonly region: string
}

/** Writes which of `charts.build_analytics_cells` are withheld into `charts.build_analytics_withheld`. */
export async function withholdAmongCells(cells: CellsInHand): Promise<void> {
  const { store, table, rules } = cells
  if (rules.neighbours === false) return
  const withheld: CellName[] = []
  if (table.name === 'transition_weeks') withheld.push(...(await amongTransitions(cells)))
  for (const nextItem of table.addingUp) withheld.push(...(await amongValues(cells, nextItem)))
  if (withheld.length === 0) return
  const lines = withheld.map(({ region, ...name }) => JSON.stringify({ ...name, region_id: toRegionId(region) }))
  await store.insert({ table: 'charts.build_analytics_withheld', lines: Buffer.from(lines.join('\n')) })
}

interface CountRow {
  item: string
  next_item: string
  places: string[]
  djs: string[]
  regions: string[]
}

/** Values of one tag, or tracks, whose plays add up to the charts'. */
async function amongValues({ store, table, known, rules, params }: CellsInHand, nextItem: number): Promise<CellName[]> {
  const of = { ...params, next_item: nextItem }
  const charted = new Set(known.chartsOfAll)
  if (charted.size === 0) return []
  const { accounts, others } = await readOthers(store, table, of)
  if (isEachChartMasked(charted, accounts, others, rules.minimumDjs)) return []
  const rows = (await store.rows<CountRow>(table.readCellCounts, of)).map(toCounts)
  const shown = rows.flatMap(({ item, places, regions }) =>
    regions.map((region) => ({ value: item, region, djs: djsIn(region, places) })),
  )
  const counts = rows.flatMap(({ item, places }) => places.map((place) => ({ value: item, ...place })))
  const waiting = known.waiting.get('all') ?? new Map<string, number>()
  return withheldValues({ shown, counts, charted, others, waiting }, rules).map(({ value, region }) => ({
    item: value,
    next_item: String(nextItem),
    region,
  }))
}

async function readOthers(store: StoreConnection, { readOthers: sql }: ItemTable, params: Record<string, unknown>) {
  const accounts = new Map<string, number>()
  const others = new Map<string, number>()
  for (const row of await store.rows<{ finest: string; accounts: string; others: string }>(sql, params)) {
    accounts.set(regionOfId(row.finest), Number(row.accounts))
    if (row.others !== '0') others.set(regionOfId(row.finest), Number(row.others))
  }
  return { accounts, others }
}

/**
 * Whether outside of its charted sub-regions each chart has enough accounts that give it something else, or none at all:
 * then it tells nothing of any value, and nothing has to be read of the values. So it nearly always is.
 */
function isEachChartMasked(
  charted: ReadonlySet<string>,
  accounts: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number>,
  minimumDjs: number,
): boolean {
  const masks = new Map<string, number>()
  for (const place of accounts.keys()) {
    const chart = regionsAround(place).find((region) => charted.has(region))
    if (chart !== undefined) masks.set(chart, (masks.get(chart) ?? 0) + (others.get(place) ?? 0))
  }
  return [...masks.values()].every((djs) => djs >= minimumDjs)
}

async function amongTransitions({ store, rules, params }: CellsInHand): Promise<CellName[]> {
  const rows = (await store.rows<CountRow>(suppressionStatements.readTransitionCounts)).map(toCounts)
  if (rows.length === 0) return []
  const ends = async (sql: string) =>
    (await store.rows<{ track: string; finest: string; accounts: string }>(sql)).map(({ track, finest, accounts }) => ({
      ...{ track, place: regionOfId(finest), djs: Number(accounts) },
    }))
  const cells = {
    shown: rows.flatMap(({ item, next, places, regions }) =>
      regions.map((region) => ({ from: item, to: next, region, djs: djsIn(region, places) })),
    ),
    counts: rows.flatMap(({ item, next, places }) => places.map((place) => ({ from: item, to: next, ...place }))),
    tracks: await store.rows<{ track: string; region: string }>(suppressionStatements.readTransitionTracks, params),
    endings: await ends(suppressionStatements.readEndings),
    beginnings: await ends(suppressionStatements.readBeginnings),
  }
  return withheldTransitions(cells, rules).map(({ from, to, region }) => ({ item: from, next_item: to, region }))
}

function toCounts({ item, next_item: next, places, djs, regions }: CountRow) {
  return {
    item,
    next,
    places: places.map((id, index) => ({ place: regionOfId(id), djs: Number(djs[index]) })),
    regions: regions.map(regionOfId),
  }
}

function djsIn(region: string, places: readonly { readonly place: string; readonly djs: number }[]): number {
  return places.reduce((sum, { place, djs }) => (regionsAround(place).includes(region) ? sum + djs : sum), 0)
}
