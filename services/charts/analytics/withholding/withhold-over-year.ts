/**
 * Withholds rows on tracks that weeks, months and years, regions and genres, the charts among them, would tell of each other.
 *
 * It is found among all that is shown of a year whenever something of it was built anew, and not cell by cell as weeks are
 * built: so what is withheld depends on what is stored and shown now, and on no order in which it came.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, periodsTouchingWeek, weekNumber } from '#rules/periods.ts'
import { readShownRevisions, switchAnalysts } from '../analysts-revisions.ts'
import { yearStatements } from '../analytics-statements.ts'
import type { SuppressionRules } from '../suppression/publishable-regions.ts'
import type { Withholding } from './create-withholding.ts'

/** Tracks that are looked at together, and the rows that are read of them; of a single track there may be more. */
const TRACKS_MAX = 2_000
const ROWS_MAX = 200_000

const WEEK_MS = 7 * 86_400_000

export interface YearJob {
  readonly store: StoreConnection
  /** A calendar year. */
  readonly year: Period
  readonly rules: SuppressionRules
  readonly withholding: Withholding
  readonly build: number
  /** A condition of SQL that the engine refuses once another process builds charts. */
  readonly condition: string
}

/** Shows analysts what is left of the year. Rejects where the store fails; what they see is then as it was. */
export async function withholdOverYear(job: YearJob): Promise<void> {
  const { store, year, rules, withholding } = job
  const params = {
    periods: periodsOf(year),
    first_week: weekNumber(year.startMs),
    last_week: weekNumber(year.endMs - 1),
  }
  const shown = (await readShownRevisions(store)).find(
    ({ what, period }) => what === 'withheld' && period === year.name,
  )
  const revision = (shown?.revision ?? 0) + 1
  const tracks = rules.neighbours === false ? [] : await store.rows<TrackRow>(yearStatements.readTracks, params)
  let hasRows = false
  for (const together of groupsOf(tracks)) {
    const of = { ...params, tracks: together }
    const lines = await withholding.decide('overYear', {
      ...{ year: year.name, revision, rules },
      entries: await store.lines(yearStatements.readEntries, of),
      counts: await store.lines(yearStatements.readCounts, of),
    })
    if (lines === '') continue
    hasRows = true
    await store.insert({ table: 'charts.analytics_withheld', lines: Buffer.from(lines) })
  }
  if (!hasRows && shown === undefined) return
  await switchAnalysts(job, [{ what: 'withheld', period: year.name, revision }])
}

interface TrackRow {
  readonly track: string
  readonly rows: string
}

function groupsOf(tracks: readonly TrackRow[]): bigint[][] {
  const groups: bigint[][] = []
  let rowsLeft = 0
  for (const { track, rows } of tracks) {
    const group = groups.at(-1)
    rowsLeft -= Number(rows)
    if (group !== undefined && rowsLeft >= 0 && group.length < TRACKS_MAX) group.push(BigInt(track))
    else {
      groups.push([BigInt(track)])
      rowsLeft = ROWS_MAX - Number(rows)
    }
  }
  return groups
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
