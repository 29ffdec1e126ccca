/**
 * Withholds genres of a week that others, and the charts, would tell of: a play counts in its genre and in those above it,
 * and there is a chart of each, and one of all.
 * @module
 */
import { regionOfId } from '../region-ids.ts'
import { genreStatements } from './analytics-statements.ts'
import { type CellName, type CellsInHand, djsIn, readCellCounts } from './cell-counts.ts'
import { type EntryCount, type ShownEntry, withheldEntries } from './suppression/withheld-entries.ts'

interface CountRow {
  finest: string
  play_genres: string[]
  statistics: number
  djs: string
}

/** The cells of genres in hand that are withheld; `nextItem` is the number of the tag. */
export async function withheldGenres(cells: CellsInHand, nextItem: number): Promise<CellName[]> {
  const { store, known, rules, params } = cells
  const period = String(params['week_name'])
  const names = await store.rows<{ item: string; text: string }>(genreStatements.readNames, { next_item: nextItem })
  const genreOf = new Map(names.map(({ item, text }) => [item, text]))
  const itemOf = new Map(names.map(({ item, text }) => [text, item]))
  const values = await readCellCounts(cells, nextItem)
  const chart = { period, source: 'chart' as const }
  const shown: ShownEntry[] = [
    ...known.chartsOfAll.map((region) => ({ ...chart, region, genre: 'all', djs: Number.MAX_SAFE_INTEGER })),
    ...[...known.genres].flatMap(([genre, heads]) =>
      [...heads].map(([region, { djs }]) => ({ ...chart, region, genre, djs })),
    ),
    ...values.flatMap(({ item, places, regions }) =>
      regions.map((region) => ({
        ...{
          region,
          genre: genreOf.get(item) ?? '',
          period,
          djs: djsIn(region, places),
          source: 'track-week' as const,
        },
      })),
    ),
  ].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const rows = await store.rows<CountRow>(genreStatements.readCounts)
  const counts: EntryCount[] = rows.map(({ finest, play_genres: genres, statistics, djs }) => ({
    ...{ place: regionOfId(finest), periods: [period], genres, objects: statistics === 0, djs: Number(djs) },
  }))
  for (const [genre, places] of known.waiting) {
    for (const [place, djs] of places) {
      counts.push({ place, periods: [period], genres: genre === 'all' ? [] : [genre], objects: true, djs })
    }
  }
  return withheldEntries(shown, counts, rules).map(({ region, genre }) => ({
    ...{ item: itemOf.get(genre) ?? '', next_item: String(nextItem), region },
  }))
}

function nameOf({ source, region, genre }: ShownEntry): string {
  return `${source} ${region} ${genre}`
}
