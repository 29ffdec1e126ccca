/**
 * The statements that build the analysts' tables, each in its file under `sql/`.
 * @module
 */
import { readSql } from '#platform/store/sql-file.ts'

const read = (name: string) => readSql(new URL(`./sql/${name}.sql`, import.meta.url))

const filled = (sql: string, parts: Readonly<Record<string, string>>) =>
  Object.entries(parts).reduce((text, [name, part]) => text.replaceAll(`{{${name}}}`, part), sql)

const history = (tracks: string) => filled(read('select-history'), { tracks })
const ofShownRevision = history(
  'SELECT region, genre, track FROM charts.analytics_charts WHERE period = {period:String} AND revision = {shown_revision:UInt32}',
)

export const analyticsStatements = {
  fillPlays: read('fill-plays'),
  fillMergedPlays: read('fill-merged-plays'),
  readSpellings: read('read-spellings'),
  readCharted: read('read-charted'),
  readHeaders: read('read-headers'),
  readChartedRegions: read('read-charted-regions'),
  readWaiting: read('read-waiting'),
  fillCharted: read('fill-charted'),
  writeCharts: filled(read('write-charts'), {
    history: history('SELECT region, genre, track FROM charts.build_analytics_charted'),
  }),
  countStaleRanks: filled(read('count-stale-ranks'), { history: ofShownRevision }),
  writeFreshRanks: filled(read('write-fresh-ranks'), { history: ofShownRevision }),
  switchAnalysts: read('switch-analysts'),
} as const

/** What genres in hand stand beside. */
export const genreStatements = {
  readNames:
    'SELECT DISTINCT toString(item) AS item, text FROM charts.build_analytics_cells WHERE next_item = {next_item:UInt64}',
  readCounts: read('read-genre-counts'),
} as const

/** What stands beside each other over a year. */
export const yearStatements = {
  readTracks: read('read-year-tracks'),
  readEntries: read('read-year-entries'),
  readCounts: read('read-year-counts'),
} as const

/** What transitions in hand stand beside. */
export const suppressionStatements = {
  readTransitionCounts: read('read-transition-counts'),
  readTransitionTracks: read('read-transition-tracks'),
  readEndings: filled(read('read-transition-ends'), { side: 'item' }),
  readBeginnings: filled(read('read-transition-ends'), { side: 'next_item' }),
} as const

/** Tables that a build for analysts fills; empty before and after it. */
export const analyticsBuildTables = [
  'charts.build_analytics_plays',
  'charts.build_analytics_items',
  'charts.build_analytics_cells',
  'charts.build_analytics_withheld',
  'charts.build_analytics_charted',
  'charts.build_analytics_entries',
  'charts.build_analytics_shown',
] as const

const plays = 'charts.build_analytics_plays'
const fillItems = (parts: Readonly<Record<string, string>>) =>
  filled(read('fill-items'), { plays, next: '0', value: "''", spelling: "''", condition: '1', ...parts })

interface TagSource {
  readonly tag: string
  /** SQL of the value as a text, empty where there is none. */
  readonly value: string
  readonly spelling?: string
  readonly plays?: string
}

/** In the order of their numbers. */
const tagSources: readonly TagSource[] = [
  { tag: 'genre', value: 'toString(genre)', plays: `${plays} ARRAY JOIN genres AS genre` },
  { tag: 'label', value: 'clean_label', spelling: 'label' },
  { tag: 'key', value: 'toString(key)' },
  { tag: 'bpm', value: "if(bpm_hundredths = 0, '', toString(intDiv(bpm_hundredths + 50, 100)))" },
  { tag: 'year', value: "if(year = 0, '', toString(year))" },
  { tag: 'remixer', value: 'clean_remixer', spelling: 'remixer' },
  { tag: 'bit_rate', value: "if(bit_rate = 0, '', toString(bit_rate))" },
  { tag: 'software', value: 'toString(software)' },
  { tag: 'os', value: 'toString(os)' },
  { tag: 'deck', value: 'toString(deck)' },
]
/** The number of the tag of which a play has several values. */
export const GENRE = 1
export const analyticsTags: readonly string[] = tagSources.map(({ tag }) => tag)

/** By tag, in their order, of how many plays it is known. */
export const countTags = filled(read('count-tags'), {
  counts: `[${tagSources.map(({ tag, value }) => `count${tag === 'genre' ? 'If(notEmpty(genres))' : `If(${value} != '')`}`).join(', ')}]`,
})

/** What tells of equipment: the population has not objected to usage information either. */
const ofUsage = ['software', 'os', 'deck'].map((tag) => analyticsTags.indexOf(tag) + 1)
const inTagPopulation = `if(next_item IN (${ofUsage.join(', ')}), usage, statistics)`

/** A table of a week: how its items are found, read in ranges, and written. */
export interface ItemTable {
  readonly name: 'track_weeks' | 'tag_weeks' | 'transition_weeks'
  /** Fill `charts.build_analytics_items`; of tags one each, in their order. */
  readonly fills: readonly string[]
  readonly readItems: string
  readonly write: string
  /** The `next_item` of those of its items of which a play has one at most, so that they add up to the plays of charts. */
  readonly addingUp: readonly number[]
  readonly readOthers: string
  readonly readCellCounts: string
}

/** How the cells in hand stand to the charts, for a population. */
const readSuppression = (counts: string) => ({
  readOthers: filled(read('read-others'), { counts }),
  readCellCounts: filled(read('read-cell-counts'), { counts }),
})

const readItems = (counts: string, texts: string, join = '') => filled(read('read-items'), { counts, texts, join })
const writeItems = (table: string, names: string, values: string, counts: string) =>
  filled(read('write-items'), { table, names, values, counts })

export const itemTables: readonly ItemTable[] = [
  {
    name: 'track_weeks',
    fills: [fillItems({ item: 'track' })],
    readItems: readItems(
      'statistics',
      'best_artist.1 AS text, best_artist.2 AS text_djs, best_title.1 AS title, best_title.2 AS title_djs',
      read('track-texts'),
    ),
    write: read('write-track-weeks'),
    addingUp: [0],
    ...readSuppression('statistics'),
  },
  {
    name: 'tag_weeks',
    fills: tagSources.map(({ tag, value, spelling = "''", plays: from = plays }, index) =>
      fillItems({
        ...{ item: `cityHash64('${tag}', ${value})`, next: String(index + 1), value, spelling },
        ...{ plays: from, condition: `${value} != ''` },
      }),
    ),
    readItems: readItems(
      inTagPopulation,
      "value AS text, best_spelling.1 AS title, best_spelling.2 AS title_djs, '0' AS text_djs",
    ),
    write: writeItems(
      'charts.analytics_tag_weeks',
      'tag, value',
      `[${analyticsTags.map((tag) => `'${tag}'`).join(', ')}][cell.next_item], any(cell.text)`,
      inTagPopulation,
    ),
    addingUp: tagSources.flatMap((_, index) => (index + 1 === GENRE ? [] : [index + 1])),
    ...readSuppression(inTagPopulation),
  },
  {
    name: 'transition_weeks',
    fills: [
      fillItems({
        ...{ item: 'from_track', next: 'to_track', plays: read('transitions') },
        condition: 'from_track != to_track',
      }),
    ],
    readItems: readItems('statistics', "'' AS text, '0' AS text_djs, '' AS title, '0' AS title_djs"),
    write: writeItems(
      'charts.analytics_transition_weeks',
      'from_track, to_track',
      'cell.item, cell.next_item',
      'statistics',
    ),
    addingUp: [],
    ...readSuppression('statistics'),
  },
]
