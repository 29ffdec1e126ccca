/**
 * Builds the charts of one period: counts all of them, decides which get a new revision, writes those beside the old
 * ones, and then one row for each that switches the readers over.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, weekNumber } from '#rules/periods.ts'
import { contentHash, type Entry, toEntries } from './chart-entries.ts'
import { emptyTables, periodTables, placeStatements, statements } from './chart-statements.ts'
import { type Decision, planRevision } from './plan-revision.ts'
import { encodeEntries, encodePublished, type PublishedChart, readPublished } from './published-charts.ts'
import { readPlaces } from './read-places.ts'
import { regionOfId } from './region-ids.ts'
import { withheldRegions } from './withhold.ts'

export interface ChartRules {
  readonly minimumDjs: number
  readonly minimumChangedDjs: number
  readonly takeBackHoursMax: number
  readonly playsPerDj: number
}

export interface PeriodBuild {
  readonly store: StoreConnection
  readonly period: Period
  readonly rules: ChartRules
  /** Number of the build: Unix milliseconds of its begin, more than any before. */
  readonly build: number
  readonly isForced: boolean
  /** Whether `charts.build_merges` holds anything. */
  readonly hasMerges: boolean
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
  base_build: string
}

interface PlannedChart {
  readonly regionId: string
  readonly genreId: string
  readonly region: string
  readonly genre: string
  readonly djs: number
  readonly plays: number
  readonly decision: Decision
  readonly shown: PublishedChart | undefined
}

/** Builds the period. Rejects where the store fails; what readers see is then still whole. */
export async function buildPeriod(job: PeriodBuild): Promise<PeriodResult> {
  const { store, period } = job
  await emptyTables(store, periodTables)
  const params = parametersOf(job)
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
  await store.run(statements.writeBases, params)
  await switchReaders(job, published, planned, revisions)
  await store.run(statements.writePending, params)
  await emptyTables(store, periodTables)
  return countDecisions(planned)
}

function parametersOf({ period, rules, build }: PeriodBuild): Record<string, unknown> {
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
    build,
  }
}

async function planCharts(job: PeriodBuild, published: readonly PublishedChart[]): Promise<PlannedChart[]> {
  const shownByChart = new Map(published.map((chart) => [nameOf(chart), chart]))
  const rows = await job.store.rows<SummaryRow>(statements.summarizeCharts, parametersOf(job))
  return rows.map((row) => {
    const region = regionOfId(row.region_id)
    const shown = shownByChart.get(nameOf({ region, genre: row.genre }))
    const takenBackAtMs = Number(row.taken_back_at_ms)
    const djs = Number(row.djs)
    const decision = planRevision(
      {
        djs,
        changed: Number(row.changed),
        takenBackAtMs: takenBackAtMs === 0 ? undefined : takenBackAtMs,
        wasPublished: shown !== undefined,
        isShown: shown !== undefined && !shown.isHidden,
        shownDjs: shown?.djs ?? 0,
        isInterrupted: Number(row.base_build) > (shown?.build ?? 0),
      },
      { ...job.rules, nowMs: job.build, isForced: job.isForced },
    )
    const { region_id: regionId, genre_id: genreId, genre } = row
    return { regionId, genreId, region, genre, djs, plays: Number(row.plays), decision, shown }
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

/** One row a chart switches it; which regions are withheld follows from all that will then be shown. */
async function switchReaders(
  { store, period, rules, build }: PeriodBuild,
  published: readonly PublishedChart[],
  planned: readonly PlannedChart[],
  revisions: readonly PublishedChart[],
): Promise<void> {
  const before = new Map(published.map((chart) => [nameOf(chart), chart]))
  const after = new Map(before)
  for (const { decision, shown } of planned) {
    if (decision === 'hide' && shown !== undefined) after.set(nameOf(shown), { ...shown, isHidden: true })
  }
  for (const chart of revisions) after.set(nameOf(chart), chart)

  const withheld = new Set<string>()
  for (const genre of new Set([...after.values()].map((chart) => chart.genre))) {
    const shown = [...after.values()].filter((chart) => chart.genre === genre && !chart.isHidden)
    for (const region of withheldRegions(shown, rules.minimumDjs)) withheld.add(nameOf({ region, genre }))
  }
  // Also where what readers see stays the same: the row tells that this build came to its end for the chart.
  const decided = new Set(revisions.map(nameOf))
  const lines: string[] = []
  for (const [name, chart] of after) {
    const settled = { ...chart, isWithheld: withheld.has(name), build }
    const old = before.get(name)
    const isSame = !decided.has(name) && old?.revision === settled.revision && old.isHidden === settled.isHidden
    if (!isSame || old.isWithheld !== (settled.isHidden || settled.isWithheld)) {
      lines.push(encodePublished(period, settled))
    }
  }
  if (lines.length > 0) await store.insert({ table: 'charts.published', lines: Buffer.from(lines.join('\n')) })
}

function countDecisions(planned: readonly PlannedChart[]): PeriodResult {
  const counts: PeriodResult = { publish: 0, hide: 0, wait: 0, keep: 0 }
  for (const { decision } of planned) counts[decision] += 1
  return counts
}

function nameOf({ region, genre }: { readonly region: string; readonly genre: string }): string {
  return `${region} ${genre}`
}
