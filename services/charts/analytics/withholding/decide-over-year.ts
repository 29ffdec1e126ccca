import { pushToList } from '../../push-to-list.ts'
import { regionOfId } from '../../region-ids.ts'
import type { EntryCount, ShownEntry } from '../suppression/entry-cells.ts'
import type { SuppressionRules } from '../suppression/publishable-regions.ts'
import { withheldEntries } from '../suppression/withheld-entries.ts'
import { parseLines } from './parse-lines.ts'

export interface YearInHand {
  /** Rows of `read-year-entries.sql` of some tracks. */
  readonly entries: string
  /** Rows of `read-year-counts.sql` of the same. */
  readonly counts: string
  readonly year: string
  readonly revision: number
  readonly rules: SuppressionRules
}

interface CountRow {
  track: string
  finest: string
  week: string
  month: string
  genres: string[]
  statistics: number
  djs: string
}

/** The rows of `charts.analytics_withheld` of these tracks, one JSON object a line; empty where there are none. */
export function decideOverYear({ entries, counts: countLines, year, revision, rules }: YearInHand): string {
  const shown = new Map<string, ShownEntry[]>()
  for (const { track, ...entry } of parseLines<ShownEntry & { track: string }>(entries)) pushToList(shown, track, entry)
  const counts = new Map<string, EntryCount[]>()
  for (const row of parseLines<CountRow>(countLines)) {
    pushToList(counts, row.track, {
      place: regionOfId(row.finest),
      periods: row.month.startsWith(year) ? [row.week, row.month, year] : [row.week],
      genres: row.genres,
      objects: row.statistics === 0,
      djs: Number(row.djs),
    })
  }
  const lines: string[] = []
  for (const [track, ofTrack] of shown) {
    for (const { source, period, region, genre } of withheldEntries(ofTrack, counts.get(track) ?? [], rules)) {
      const table = source === 'track-week' ? 'week' : 'charts'
      lines.push(JSON.stringify({ year, revision, source: table, period, region, genre, track }))
    }
  }
  return lines.join('\n')
}
