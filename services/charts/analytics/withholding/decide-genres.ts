import { regionOfId } from '../../region-ids.ts'
import type { KnownCharts } from '../known-charts.ts'
import type { EntryCount, ShownEntry } from '../suppression/entry-cells.ts'
import type { SuppressionRules } from '../suppression/publishable-regions.ts'
import { withheldEntries } from '../suppression/withheld-entries.ts'
import { type CellName, djsIn, parseCounts } from './cell-counts.ts'
import { parseLines } from './parse-lines.ts'

export interface GenresInHand {
  /** Rows of `read-cell-counts.sql`. */
  readonly cells: string
  /** Rows of `read-genre-counts.sql`. */
  readonly counts: string
  /** By the number of an item the genre. */
  readonly genreOf: ReadonlyMap<string, string>
  /** The number of the tag. */
  readonly nextItem: number
  readonly period: string
  readonly known: Pick<KnownCharts, 'chartsOfAll' | 'genres' | 'waiting'>
  readonly rules: SuppressionRules
}

interface CountRow {
  finest: string
  play_genres: string[]
  statistics: number
  djs: string
}

/** The cells of genres that are withheld. */
export function decideGenres({
  cells,
  counts: lines,
  genreOf,
  nextItem,
  period,
  known,
  rules,
}: GenresInHand): CellName[] {
  const itemOf = new Map([...genreOf].map(([item, genre]) => [genre, item]))
  const chart = { period, source: 'chart' as const }
  const shown: ShownEntry[] = [
    ...known.chartsOfAll.map((region) => ({ ...chart, region, genre: 'all', djs: Number.MAX_SAFE_INTEGER })),
    ...[...known.genres].flatMap(([genre, heads]) =>
      [...heads].map(([region, { djs }]) => ({ ...chart, region, genre, djs })),
    ),
    ...parseCounts(cells).flatMap(({ item, places, regions }) =>
      regions.map((region) => ({
        ...{ region, genre: genreOf.get(item) ?? '', period, djs: djsIn(region, places) },
        source: 'track-week' as const,
      })),
    ),
  ].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const counts: EntryCount[] = parseLines<CountRow>(lines).map(({ finest, play_genres: genres, statistics, djs }) => ({
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
