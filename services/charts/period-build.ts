/**
 * Builds the charts of one period: counts all of them, decides which get a new revision, writes those beside the old
 * ones, and then one row for each that switches the readers over.
 * @module
 */

import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, weekNumber } from '#rules/periods.ts'
import { contentHash, type Entry, toEntries } from './chart-entries.ts'
import { periodTables, placeStatements, statements } from './chart-statements.ts'
import { readLeastDifferences } from './compare-with-earlier.ts'
import { type Decision, mustBeCompared, planRevision } from './plan-revision.ts'
import { encodeEntries, type PublishedChart, readPublished } from './published-charts.ts'
import { readPlaces } from './read-places.ts'
import { regionOfId } from './region-ids.ts'
import { nameOf, type PlannedChart, switchReaders } from './switch-readers.ts'
import { undoDeadBuild } from './undo-dead-build.ts'

export interface ChartRules {
  readonly minimumDjs: number
  readonly minimumChangedDjs: number
  readonly takeBackHoursMax: number
  readonly playsPerDj: number
  /** Rows of the analysts' tables with fewer accounts are not shown. Absent: charts alone are built. */
  readonly analyticsMinimumDjs?: number
  /** Whether rows go that others would tell of. Only tests turn it off, to prove that they find what is then given away. Default `true`. */
  readonly withholdsNeighbours?: boolean
}

export interface PeriodBuild {
  readonly store: StoreConnection
  readonly period: Period
  readonly rules: ChartRules
  /** Number of the build: Unix milliseconds of its begin, more than any before. */
  readonly build: number
  /** Version of the key that made the contributors' pseudonyms. */
  readonly keyVersion: number
  readonly isForced: boolean
  /** Whether `charts.build_merges` holds anything. */
  readonly hasMerges: boolean
  /** A condition of SQL that the engine refuses once another process builds charts. */
  readonly condition: string
  /** Builds what else is made of the same pairs, behind the charts. */
  readonly buildMore?: () => Promise<unknown>
}

/** What a build did to the charts of a period. */
export type PeriodResult = Record<Decision, number>

interface SummaryRow {
  region_id: string
  genre_id: string
  genre: string
  djs: string
  plays: string
  changed: string
  taken_back_at_ms: string
}

/** Builds the period. Rejects where the store fails; what readers see is then still whole. */
export async function buildPeriod(job: PeriodBuild): Promise<PeriodResult> {
  const { store, period } = job
  await emptyTables(store, periodTables)
  const params = parametersOf(job)
  await undoDeadBuild(store, period.kind, period.name)
  await store.run(statements.fillPairs, params)
  await store.run(statements.fillGenrePairs, params)
  if (job.hasMerges) {
    await store.run(statements.fillMergedPlays, params)
    await store.run(statements.fillMergedPairs, params)
    await store.run(statements.fillMergedGenrePairs, params)
  }
  await store.run(statements.fillGenres, params)
  await store.run(statements.fillMembers)
  await store.run(statements.fillChanged, params)

  const published = await readPublished(store, period)
  const planned = await planCharts(job, published)
  await writePlan(store, planned)
  const revisions = await writeEntries(job, planned)
  await store.run(statements.writeEarlierBases, params)
  await store.run(statements.writeBases, params)
  const { rules, build, isForced, condition } = job
  await switchReaders({ store, period, ...rules, build, isForced, published, planned, revisions, params, condition })
  await store.run(statements.writePending, params)
  await job.buildMore?.()
  await emptyTables(store, periodTables)
  return countDecisions(planned)
}

function parametersOf({ period, rules, build, keyVersion }: PeriodBuild): Record<string, unknown> {
  return {
    kind: period.kind,
    period: period.name,
    first_week: weekNumber(period.startMs),
    last_week: weekNumber(period.endMs - 1),
    // The first week begins before the times that the store counts from.
    start: Math.max(0, period.startMs / 1000),
    end: period.endMs / 1000,
    plays_per_dj: rules.playsPerDj,
    minimum_djs: rules.minimumDjs,
    minimum_changed_djs: rules.minimumChangedDjs,
    build,
    key_version: keyVersion,
  }
}

async function planCharts(job: PeriodBuild, published: readonly PublishedChart[]): Promise<PlannedChart[]> {
  const params = parametersOf(job)
  const rules = { ...job.rules, nowMs: job.build, isForced: job.isForced }
  const shownByChart = new Map(published.map((chart) => [nameOf(chart), chart]))
  const rows = await job.store.rows<SummaryRow>(statements.summarizeCharts, params)
  const charts = rows.map((row) => {
    const { region_id: regionId, genre_id: genreId, genre } = row
    const region = regionOfId(regionId)
    const shown = shownByChart.get(nameOf({ region, genre }))
    const takenBackAtMs = Number(row.taken_back_at_ms)
    const counted = {
      djs: Number(row.djs),
      changed: Number(row.changed),
      takenBackAtMs: takenBackAtMs === 0 ? undefined : takenBackAtMs,
      wasPublished: shown !== undefined,
      isShown: shown !== undefined && !shown.isHidden,
      shownDjs: shown?.djs ?? 0,
    }
    return { regionId, genreId, region, genre, plays: Number(row.plays), shown, counted }
  })
  const compared = charts.filter(({ counted }) => mustBeCompared(counted, rules))
  const differences = await readLeastDifferences(job.store, compared, params)
  return charts.map(({ counted, ...chart }) => {
    const leastDifference = differences.get(`${chart.regionId} ${chart.genreId}`) ?? counted.changed
    return { ...chart, djs: counted.djs, decision: planRevision({ ...counted, leastDifference }, rules) }
  })
}

async function writePlan(store: StoreConnection, planned: readonly PlannedChart[]): Promise<void> {
  const lines = planned.flatMap(({ regionId, genreId, decision, shown }) => {
    const publishes = decision === 'publish'
    const isNotShown = decision === 'hide' || shown?.isHidden === true
    if (!publishes && !isNotShown) return []
    return [JSON.stringify({ region_id: regionId, genre_id: genreId, publishes: publishes ? 1 : 0 })]
  })
  if (lines.length > 0) await store.insert({ table: 'charts.build_plan', lines: Buffer.from(lines.join('\n')) })
}

/** Writes the entries of the charts that get a new revision, beside those that are shown. */
async function writeEntries(
  { store, period, rules, build }: PeriodBuild,
  planned: readonly PlannedChart[],
): Promise<PublishedChart[]> {
  const toPublish = new Map<string, PlannedChart>(
    planned.flatMap((chart) =>
      chart.decision === 'publish' ? [[`${chart.regionId} ${chart.genreId}`, chart] as const] : [],
    ),
  )
  const revisions: PublishedChart[] = []
  for (const statements of placeStatements) {
    if (![...toPublish.values()].some(statements.areOf)) continue
    const lines: string[] = []
    for (const [id, places] of await readPlaces(store, statements, rules.minimumDjs)) {
      const chart = toPublish.get(id)
      if (chart === undefined) continue
      toPublish.delete(id)
      const { revision, entries } = nextRevision(chart, toEntries(places, rules.minimumDjs), build)
      revisions.push(revision)
      if (revision !== chart.shown && entries.length > 0) lines.push(encodeEntries(period, revision, entries))
    }
    if (lines.length > 0) await store.insert({ table: 'charts.entries', lines: Buffer.from(lines.join('\n')) })
  }
  // Enough accounts for a chart, but no track that enough of them share.
  for (const chart of toPublish.values()) revisions.push(nextRevision(chart, [], build).revision)
  return revisions
}

function nextRevision(
  { region, genre, djs, plays, shown }: PlannedChart,
  entries: Entry[],
  build: number,
): { revision: PublishedChart; entries: Entry[] } {
  const content = contentHash(djs, plays, entries)
  const isHidden = entries.length === 0
  if (shown !== undefined && shown.content === content && shown.isHidden === isHidden)
    return { revision: shown, entries }
  const revision = (shown?.revision ?? 0) + 1
  return {
    revision: { region, genre, revision, builtAtMs: build, djs, plays, content, isHidden, isWithheld: false, build },
    entries,
  }
}

function countDecisions(planned: readonly PlannedChart[]): PeriodResult {
  const counts: PeriodResult = { publish: 0, hide: 0, wait: 0, keep: 0 }
  for (const { decision } of planned) counts[decision] += 1
  return counts
}
