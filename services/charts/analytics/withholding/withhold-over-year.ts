/**
 * Withholds rows on tracks that weeks, months and years, regions and genres, the charts among them, would tell of each other.
 *
 * It is found among all that is shown of a year whenever something of it was built anew, and not cell by cell as weeks are
 * built: so what is withheld depends on what is stored and shown now, and on no order in which it came.
 * @module
 */
import { createTurns } from '#platform/scheduling/work-slices.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, periodsTouchingWeek, weekNumber } from '#rules/periods.ts'
import { regionOfId } from '../region-ids.ts'
import { readShownRevisions, switchAnalysts } from './analysts-revisions.ts'
import { yearStatements } from './analytics-statements.ts'
import type { SuppressionRules } from './suppression/publishable-regions.ts'
import { type EntryCount, type ShownEntry, withheldEntries } from './suppression/withheld-entries.ts'

/** Tracks that are looked at together. */
const TRACKS_MAX = 2000

const WEEK_MS = 7 * 86_400_000

export interface YearJob {
  readonly store: StoreConnection
  /** A calendar year. */
  readonly year: Period
  readonly rules: SuppressionRules
  readonly build: number
  /** A condition of SQL that the engine refuses once another process builds charts. */
  readonly condition: string
}

/** Shows analysts what is left of the year. Rejects where the store fails; what they see is then as it was. */
export async function withholdOverYear(job: YearJob): Promise<void> {
  const { store, year, rules } = job
  const params = {
    periods: periodsOf(year),
    first_week: weekNumber(year.startMs),
    last_week: weekNumber(year.endMs - 1),
  }
  const shown = (await readShownRevisions(store)).find(
    ({ what, period }) => what === 'withheld' && period === year.name,
  )
  const revision = (shown?.revision ?? 0) + 1
  const tracks = await store.rows<{ track: string }>(yearStatements.readTracks, params)
  let rows = 0
  for (let from = 0; from < tracks.length && rules.neighbours !== false; from += TRACKS_MAX) {
    const those = tracks.slice(from, from + TRACKS_MAX).map(({ track }) => BigInt(track))
    const lines = await withheldLines(job, { ...params, tracks: those }, revision)
    if (lines.length === 0) continue
    rows += lines.length
    await store.insert({ table: 'charts.analytics_withheld', lines: Buffer.from(lines.join('\n')) })
  }
  if (rows === 0 && shown === undefined) return
  await switchAnalysts(job, [{ what: 'withheld', period: year.name, revision }])
}

/** The year, its months, and the weeks that touch it. */
function periodsOf({ startMs, endMs }: Period): string[] {
  const names = new Set<string>()
  for (let at = startMs; at < endMs + WEEK_MS; at += WEEK_MS) {
    for (const period of periodsTouchingWeek(weekNumber(Math.min(at, endMs - 1)))) {
      if (period.startMs < endMs && period.endMs > startMs) names.add(period.name)
    }
  }
  return [...names]
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

async function withheldLines(
  { store, year, rules }: YearJob,
  params: Record<string, unknown>,
  revision: number,
): Promise<string[]> {
  const shown = new Map<string, ShownEntry[]>()
  const entries = await store.rows<ShownEntry & { track: string }>(yearStatements.readEntries, params)
  for (const { track, ...entry } of entries) push(shown, track, entry)
  const counts = new Map<string, EntryCount[]>()
  for (const row of await store.rows<CountRow>(yearStatements.readCounts, params)) {
    const isOfYear = row.month.startsWith(year.name)
    push(counts, row.track, {
      place: regionOfId(row.finest),
      periods: isOfYear ? [row.week, row.month, year.name] : [row.week],
      genres: row.genres,
      objects: row.statistics === 0,
      djs: Number(row.djs),
    })
  }
  const lines: string[] = []
  const turn = createTurns()
  for (const [track, ofTrack] of shown) {
    for (const { source, period, region, genre } of withheldEntries(ofTrack, counts.get(track) ?? [], rules)) {
      const table = source === 'track-week' ? 'week' : 'charts'
      lines.push(JSON.stringify({ year: year.name, revision, source: table, period, region, genre, track }))
    }
    await turn()
  }
  return lines
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}
