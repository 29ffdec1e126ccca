/**
 * Withholds, of the cells of a table of a week, those that others would tell of: values of a tag less the plays of a chart,
 * transitions less the plays of their track.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { regionOfId, toRegionId } from '../../region-ids.ts'
import { GENRE, genreStatements, type ItemTable, suppressionStatements } from '../analytics-statements.ts'
import type { KnownCharts } from '../known-charts.ts'
import type { SuppressionRules } from '../suppression/publishable-regions.ts'
import { regionsAround } from '../suppression/regions-around.ts'
import type { CellName } from './cell-counts.ts'
import type { Withholding } from './create-withholding.ts'

export interface CellsInHand {
  readonly store: StoreConnection
  readonly withholding: Withholding
  readonly table: ItemTable
  readonly known: KnownCharts
  readonly rules: SuppressionRules
  /** Parameters of the statements. */
  readonly params: Record<string, unknown>
}

/** Writes which of `charts.build_analytics_cells` are withheld into `charts.build_analytics_withheld`. */
export async function withholdAmongCells(cells: CellsInHand): Promise<void> {
  const { store, table, rules } = cells
  if (rules.neighbours === false) return
  const withheld: CellName[] = []
  if (table.name === 'transition_weeks') withheld.push(...(await amongTransitions(cells)))
  const inHand = await readNumbersInHand(store)
  if (table.name === 'tag_weeks' && inHand.has(GENRE)) withheld.push(...(await amongGenres(cells)))
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
  const { store, withholding, table, known, rules, params } = cells
  const of = { ...params, next_item: nextItem }
  const charted = new Set(known.chartsOfAll)
  if (charted.size === 0) return []
  const { accounts, others } = await readOthers(store, table, of)
  if (isEachChartMasked(charted, accounts, others, rules.minimumDjs)) return []
  const waiting = known.waiting.get('all') ?? new Map<string, number>()
  const inHand = { nextItem, charted, others, waiting, rules }
  return await withholding.decide('values', { ...inHand, cells: await store.lines(table.readCellCounts, of) })
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

/**
 * Genres of the week that others, and the charts, would tell of: a play counts in its genre and in those above it, and there is a
 * chart of each, and one of all.
 */
async function amongGenres({ store, withholding, table, known, rules, params }: CellsInHand): Promise<CellName[]> {
  const of = { ...params, next_item: GENRE }
  const names = await store.rows<{ item: string; text: string }>(genreStatements.readNames, of)
  const { chartsOfAll, genres, waiting } = known
  return await withholding.decide('genres', {
    ...{ nextItem: GENRE, period: String(params['week_name']), known: { chartsOfAll, genres, waiting }, rules },
    genreOf: new Map(names.map(({ item, text }) => [item, text])),
    cells: await store.lines(table.readCellCounts, of),
    counts: await store.lines(genreStatements.readCounts),
  })
}

async function amongTransitions({ store, withholding, rules, params }: CellsInHand): Promise<CellName[]> {
  const cells = await store.lines(suppressionStatements.readTransitionCounts)
  if (cells === '') return []
  return await withholding.decide('transitions', {
    ...{ cells, rules },
    tracks: await store.lines(suppressionStatements.readTransitionTracks, params),
    endings: await store.lines(suppressionStatements.readEndings),
    beginnings: await store.lines(suppressionStatements.readBeginnings),
  })
}
