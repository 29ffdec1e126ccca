/**
 * Writes the rows of a week: tracks, values of tags and transitions, each in the regions in which it may be seen.
 *
 * The plays of the week are read once. Then, table by table, the engine makes pairs of item and account, and what may be
 * seen of an item is decided here, in ranges of items, of whose cells the engine writes the rows.
 * @module
 */
import { createTurns } from '#platform/scheduling/work-slices.ts'
import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { Spelling } from '../chart-entries.ts'
import { toRegionId } from '../region-ids.ts'
import { analyticsStatements, analyticsTags, countTags, type ItemTable, itemTables } from './analytics-statements.ts'
import { type ItemTexts, tracksNeedSpellings, trackTexts, valueTexts } from './item-texts.ts'
import { type KnownCharts, readKnownCharts, withWaiting } from './known-charts.ts'
import { type AnalystsNoise, contributionBounds } from './noise/analysts-noise.ts'
import { type Item, readItems, readRanges } from './read-items.ts'
import { publishableRegions, type SuppressionRules } from './suppression/publishable-regions.ts'
import type { Withholding } from './withholding/create-withholding.ts'
import { withholdAmongCells } from './withholding/withhold-among-cells.ts'

export interface WeekJob {
  readonly store: StoreConnection
  readonly rules: SuppressionRules
  readonly withholding: Withholding
  readonly noise: AnalystsNoise | undefined
  /** Whether `charts.build_merges` holds anything. */
  readonly hasMerges: boolean
  /** Parameters of the statements. */
  readonly params: Record<string, unknown>
}

const nothingCharted: KnownCharts['tracks'] extends ReadonlyMap<string, infer Regions> ? Regions : never = new Map()

/** Rejects where the store fails; nobody sees the rows until they are switched to. */
export async function writeWeek(job: WeekJob): Promise<void> {
  const { store, rules, withholding, params } = job
  await store.run(analyticsStatements.fillPlays, params)
  if (job.hasMerges) await store.run(analyticsStatements.fillMergedPlays, params)
  const known = await readKnownCharts(store, params)
  const tagsKnown = await readTagsKnown(store)
  for (const table of itemTables) {
    await emptyTables(store, ['charts.build_analytics_items'])
    for (const [index, fill] of table.fills.entries()) {
      if (table.name !== 'tag_weeks' || tagsKnown.has(index)) await store.run(...boundedFill(fill, table, job))
    }
    const ranges = (await readRanges(store)).map((range) => ({ ...params, ...range }))
    for (const range of ranges) await fillCells(job, table, known, range)
    await withholdAmongCells({ store, withholding, table, known, rules, params })
    for (const range of ranges) await store.run(table.write, range)
    await emptyTables(store, ['charts.build_analytics_cells', 'charts.build_analytics_withheld'])
  }
}

/** The positions of the tags that any play of the week has. */
async function readTagsKnown(store: StoreConnection): Promise<ReadonlySet<number>> {
  const [row] = await store.rows<{ known: string[] }>(countTags)
  return new Set((row?.known ?? []).flatMap((plays, index) => (plays === '0' ? [] : [index])))
}

/** Finds the cells of a range of items that may be seen for themselves. */
async function fillCells(
  job: WeekJob,
  table: ItemTable,
  known: KnownCharts,
  params: Record<string, unknown>,
): Promise<void> {
  const { store } = job
  const items = await readItems(store, table, params)
  const textsOf = await readTexts(job, table, items)
  const lines: string[] = []
  const turn = createTurns()
  for (const item of items) {
    const texts = textsOf(item)
    if (texts !== undefined) lines.push(...cellsOf(item, texts, table, known, job))
    await turn()
  }
  if (lines.length === 0) return
  await store.insert({ table: 'charts.build_analytics_cells', lines: Buffer.from(lines.join('\n')) })
}

/** The cells of an item that may be seen, as rows. */
function cellsOf(
  { row, places }: Item,
  texts: ItemTexts,
  table: ItemTable,
  known: KnownCharts,
  { rules, noise, params }: WeekJob,
): string[] {
  const { charted, waiting } = chartsOf(row, texts, table, known)
  const item = { places: withWaiting(places, charted, waiting), charted: new Set(charted.keys()) }
  const noiseOf = (region: string) => {
    const drawn = noise?.of(table.name, `${params['week_name']} ${row.item} ${row.next_item} ${region}`)
    return { noise_djs: drawn?.djs ?? 0, noise_plays: drawn?.plays ?? 0 }
  }
  return [...publishableRegions(item, rules)].map((region) =>
    JSON.stringify({
      ...texts,
      ...noiseOf(region),
      ...{ item: row.item, next_item: row.next_item, region, region_id: toRegionId(region) },
    }),
  )
}

/**
 * Fills items; under noise of an account only so many, chosen by chance that knows nothing of the others, with so many
 * plays, as its noise is measured for.
 */
function boundedFill(
  fill: string,
  { name }: ItemTable,
  { noise, params }: WeekJob,
): [sql: string, params: Record<string, unknown>] {
  if (noise === undefined) return [fill, { ...params, plays_per_item: PLAYS_MAX }]
  const { items, plays } = contributionBounds[name]
  return [
    `${fill} ORDER BY cityHash64(contributor, item, next_item) LIMIT {items:UInt32} BY contributor`,
    { ...params, plays_per_item: plays, items },
  ]
}

/** More than an account has in a week. */
const PLAYS_MAX = 1_000_000

/** The published charts that show the item. */
function chartsOf({ item, next_item: tag }: Item['row'], { text }: ItemTexts, { name }: ItemTable, known: KnownCharts) {
  const isGenre = name === 'tag_weeks' && analyticsTags[Number(tag) - 1] === 'genre'
  if (name === 'track_weeks') {
    return { charted: known.tracks.get(item) ?? nothingCharted, waiting: known.waiting.get('all') }
  }
  if (isGenre) return { charted: known.genres.get(text) ?? nothingCharted, waiting: known.waiting.get(text) }
  return { charted: nothingCharted, waiting: undefined }
}

/** By item its texts, of a form that enough accounts share. */
async function readTexts(
  { store, rules: { minimumDjs } }: WeekJob,
  { name }: ItemTable,
  items: readonly Item[],
): Promise<(item: Item) => ItemTexts | undefined> {
  if (name === 'transition_weeks') return () => ({ text: '', title: '' })
  if (name === 'tag_weeks') return ({ row }) => valueTexts(row, minimumDjs)
  const djsOf = ({ places }: Item) => places.reduce((sum, { djs }) => sum + djs, 0)
  const needing = items.filter((item) => tracksNeedSpellings(item.row, djsOf(item), minimumDjs))
  const spellings = new Map<string, Spelling[]>()
  if (needing.length > 0) {
    const rows = await store.rows<{ track: string; artist: string; title: string; djs: string }>(
      analyticsStatements.readSpellings,
      { tracks: needing.map(({ row }) => BigInt(row.item)) },
    )
    for (const { track, artist, title, djs } of rows) {
      const those = spellings.get(track) ?? []
      spellings.set(track, those)
      those.push({ artist, title, djs: Number(djs) })
    }
  }
  return ({ row }) => trackTexts(row, spellings.get(row.item) ?? [], minimumDjs)
}
