/**
 * Withholds, of the cells of a table of a week, those that others would tell of: values of a tag less the plays of a chart,
 * transitions less the plays of their track.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { regionOfId, toRegionId } from '../region-ids.ts'
import { GENRE, type ItemTable, suppressionStatements } from './analytics-statements.ts'
import { type CellName, type CellsInHand, type CountRow, djsIn, readCellCounts, toCounts } from './cell-counts.ts'
import { regionsAround } from './suppression/regions-around.ts'
import { withheldTransitions } from './suppression/withheld-transitions.ts'
import { withheldValues } from './suppression/withheld-values.ts'
import { withheldGenres } from './withhold-among-genres.ts'

/** Writes which of `charts.build_analytics_cells` are withheld into `charts.build_analytics_withheld`. */
export async function withholdAmongCells(cells: CellsInHand): Promise<void> {
  const { store, table, rules } = cells
  if (rules.neighbours === false) return
  const withheld: CellName[] = []
  if (table.name === 'transition_weeks') withheld.push(...(await amongTransitions(cells)))
  const inHand = await readNumbersInHand(store)
  if (table.name === 'tag_weeks' && inHand.has(GENRE)) withheld.push(...(await withheldGenres(cells, GENRE)))
  for (const nextItem of table.addingUp) {
    if (inHand.has(nextItem)) withheld.push(...(await amongValues(cells, nextItem)))
  }
  if (withheld.length === 0) return
  const lines = withheld.map(({ region, ...name }) => JSON.stringify({ ...name, region_id: toRegionId(region) }))
  await store.insert({ table: 'charts.build_analytics_withheld', lines: Buffer.from(lines.join('\n')) })
}

/** The numbers of the tags with cells; of tracks 0. */
async function readNumbersInHand(store: StoreConnection): Promise<ReadonlySet<number>> {
  const rows = await store.rows<{ number: string }>(
    'SELECT DISTINCT next_item AS number FROM charts.build_analytics_cells WHERE next_item < 100',
  )
  return new Set(rows.map(({ number }) => Number(number)))
}

/** Values of one tag, or tracks, whose plays add up to the charts'. */
async function amongValues(cells: CellsInHand, nextItem: number): Promise<CellName[]> {
  const { store, table, known, rules, params } = cells
  const of = { ...params, next_item: nextItem }
  const charted = new Set(known.chartsOfAll)
  if (charted.size === 0) return []
  const { accounts, others } = await readOthers(store, table, of)
  if (isEachChartMasked(charted, accounts, others, rules.minimumDjs)) return []
  const rows = await readCellCounts(cells, nextItem)
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
