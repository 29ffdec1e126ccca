/**
 * The statements of a build, each in its file under `sql/`.
 * @module
 */
import { readSql } from '#platform/store/sql-file.ts'
import { type RegionLevel, regionLevel } from '#rules/regions.ts'
import { analyticsBuildTables } from './analytics/analytics-statements.ts'

const read = (name: string) => readSql(new URL(`./sql/${name}.sql`, import.meta.url))

/** The pairs of tracks that are in no merged group, or of those that are. */
const pairsOf = (which: 'IN' | 'NOT IN') => read('select-pairs').replace('{{which}}', which)
const genrePairsOf = (which: 'IN' | 'NOT IN') => read('select-genre-pairs').replace('{{which}}', which)

export const statements = {
  fillMarks: read('fill-marks'),
  fillContributors: read('fill-contributors'),
  fillPairs: `INSERT INTO charts.build_pairs ${pairsOf('NOT IN')}`,
  fillGenrePairs: `INSERT INTO charts.build_genre_pairs ${genrePairsOf('NOT IN')}`,
  fillMergedPlays: read('fill-merged-plays'),
  fillMergedPairs: read('fill-merged-pairs').replace('{{pairs}}', pairsOf('IN')),
  fillMergedGenrePairs: read('fill-merged-genre-pairs').replace('{{pairs}}', genrePairsOf('IN')),
  fillGenres: read('fill-genres'),
  fillMembers: read('fill-members'),
  fillChanged: read('fill-changed'),
  summarizeCharts: read('summarize-charts'),
  fillDoubtful: read('fill-doubtful'),
  leastDifferences: read('least-differences'),
  readStrays: read('read-strays'),
  switchReaders: read('switch-readers'),
  writeEarlierBases: read('write-earlier-bases'),
  writeBases: read('write-bases'),
  writePending: read('write-pending'),
} as const

const ofPeriod = 'kind = {kind:String} AND period = {period:String}'

/** What a build that died wrote of a period beyond what readers see. */
export const undoStatements = {
  findDeadBuild: read('find-dead-build'),
  deleteDeadBases: `DELETE FROM charts.bases WHERE ${ofPeriod} AND version > {shown:UInt64}`,
  restoreBases: read('restore-bases'),
  deleteRestored: `DELETE FROM charts.earlier_bases WHERE ${ofPeriod} AND until_build > {shown:UInt64}`,
} as const

/** Tables that a build of one period fills; empty before and after it. */
export const periodTables = [
  'charts.build_pairs',
  'charts.build_genre_pairs',
  'charts.build_merged_plays',
  'charts.build_genres',
  'charts.build_members',
  'charts.build_changed',
  'charts.build_plan',
  'charts.build_places',
  'charts.build_published',
] as const

/** Tables that a whole build fills. */
export const buildTables = [
  'charts.build_marks',
  'charts.build_contributors',
  'charts.build_merges',
  ...analyticsBuildTables,
] as const

const regionLevels = ['world', 'continent', 'country', 'subdivision'] as const satisfies RegionLevel[]

type GenreKind = 'all' | 'tag' | 'scene'

/** The kinds of genre: where the pairs lie, what names the genre, and what joins the scenes. */
const genreKinds = [
  { kind: 'all', pairs: 'charts.build_pairs', genre: `cityHash64('all')`, scenes: '' },
  { kind: 'tag', pairs: 'charts.build_genre_pairs', genre: 'pair.genre_id', scenes: '' },
  {
    kind: 'scene',
    pairs: 'charts.build_pairs',
    genre: 'cityHash64(toString(scene))',
    scenes: 'ARRAY JOIN located.scenes AS scene',
  },
] as const

function genreKind(genre: string): GenreKind {
  if (genre === 'all') return 'all'
  return genre.startsWith('scene-') ? 'scene' : 'tag'
}

/** For each level of regions and kind of genre the statements that find and read its places, and whose they are. */
export const placeStatements = regionLevels.flatMap((level) =>
  genreKinds.map(({ kind, pairs, genre, scenes }) => {
    const filled = (sql: string) =>
      sql
        .replaceAll('{{region}}', `located.${level}`)
        .replaceAll('{{genre}}', genre)
        .replaceAll('{{pairs}}', pairs)
        .replaceAll('{{scenes}}', scenes)
    return {
      fill: filled(read('fill-places')),
      read: filled(read('read-places')),
      readSpellings: filled(read('read-spellings')),
      areOf: (chart: { readonly region: string; readonly genre: string }) =>
        regionLevel(chart.region) === level && genreKind(chart.genre) === kind,
    }
  }),
)

export type PlaceStatements = (typeof placeStatements)[number]

const fillEntries = readSql(new URL('./analytics/sql/fill-entries.sql', import.meta.url))

/** For each kind of genre the statement that counts who stands behind its entries for analysts, and whose they are. */
export const entryStatements = genreKinds.map(({ kind, pairs, genre, scenes }) => ({
  fill: fillEntries.replaceAll('{{genre}}', genre).replaceAll('{{pairs}}', pairs).replaceAll('{{scenes}}', scenes),
  areOf: (genreOfChart: string) => genreKind(genreOfChart) === kind,
}))
