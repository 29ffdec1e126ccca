/**
 * One build: rebuilds the charts of the periods in which something changed, and only those, and what analysts see of them.
 *
 * Marks tell what changed. The build takes the marks that it finds at its begin and removes just these at its end, so
 * what changes meanwhile, and a build that dies, are made good by the next one.
 * @module
 */

import { createTurn, type Turn } from '#platform/scheduling/mutex.ts'
import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { deleteUnseenAnalysts, deleteUnseenEntries } from '#platform/store/unseen-rows.ts'
import { type Period, parsePeriod, periodsTouchingWeek, weekNumber } from '#rules/periods.ts'
import { continentsOfCountries } from '#rules/regions.ts'
import { buildAnalytics } from './analytics/build-analytics.ts'
import type { AnalystsNoise } from './analytics/noise/analysts-noise.ts'
import { refreshRanks } from './analytics/refresh-ranks.ts'
import { createWithholding, type Withholding } from './analytics/withholding/create-withholding.ts'
import { withholdOverYear } from './analytics/withholding/withhold-over-year.ts'
import { buildTables, statements } from './chart-statements.ts'
import { readFrozenPeriods } from './frozen-periods.ts'
import { type AppliedMerge, resolveMerges } from './merges/resolve-merges.ts'
import { buildPeriod, type ChartRules, type PeriodResult } from './period-build.ts'

export interface ChartBuilder {
  /** Rebuilds what changed; once the signal aborts, it leaves the periods that are left to the next build. Rejects where the store fails; what readers see is then still whole. */
  build(signal?: AbortSignal): Promise<BuildResult>
}

export interface BuildResult {
  readonly periods: readonly { readonly name: string; readonly charts: PeriodResult }[]
}

export interface ChartBuilderOptions {
  readonly store: StoreConnection
  readonly rules: ChartRules
  readonly clock: () => number
  /** Version of the key that made the contributors' pseudonyms; asked at the begin of each build. Default 1. */
  readonly keyVersion?: () => number
  /** What analysts' rows carry; absent: numbers are as they are counted. */
  readonly noise?: AnalystsNoise | undefined
  /** The turn that builds are run in; its condition fences what readers see. Default: this process is the only builder. */
  readonly turn?: Pick<Turn, 'guard' | 'condition'>
}

const SETTINGS_FACT = 'chart-settings'
/** The marks that a build found. */
const MARKS = 'charts.build_marks'

export function createChartBuilder(options: ChartBuilderOptions): ChartBuilder {
  const { rules, clock, keyVersion = () => 1, turn = createTurn(), noise } = options
  const store = turn.guard(options.store)
  const { analyticsMinimumDjs, withholdsNeighbours = true } = rules
  const suppression =
    analyticsMinimumDjs === undefined ? undefined : { minimumDjs: analyticsMinimumDjs, neighbours: withholdsNeighbours }
  return {
    async build(signal) {
      const withholding = createWithholding()
      try {
        return await buildWith(withholding, signal)
      } finally {
        await withholding.close()
      }
    },
  }

  async function buildWith(withholding: Withholding, signal: AbortSignal | undefined): Promise<BuildResult> {
    const build = await nextBuildNumber(store, clock)
    const version = keyVersion()
    const isForced = await haveSettingsChanged(store, rules, noise)
    if (!isForced && !(await isSomethingWaiting(store, rules, build))) return { periods: [] }
    await emptyTables(store, buildTables)
    await store.run(statements.fillMarks)
    const touched = await touchedPeriods(store, rules, build, isForced)
    // A build that died may have left entries under the revision that this one gives next, and of a period in which nobody plays now.
    const names = touched.map(({ name }) => name)
    await deleteUnseenEntries(store, names)
    if (suppression !== undefined) await deleteUnseenAnalysts(store, names)
    const periods = await periodsToBuild(store, rules, touched)
    if (periods.length === 0 && !isForced) {
      await deleteMarks(store)
      return { periods: [] }
    }

    await store.run(statements.fillContributors, {
      countries: [...continentsOfCountries.keys()],
      continents: [...continentsOfCountries.values()],
    })
    const hasMerges = await fillMerges(store)
    const isMerged = await readMarkedPeriods(store, 'merged = 1')
    const isUrgent = await readMarkedPeriods(store, 'merged = 1 OR taken_back = 1 OR analytics = 1')
    const { condition } = turn
    const results: { name: string; charts: PeriodResult }[] = []
    for (const period of periods) {
      if (signal?.aborted === true) return { periods: results }
      const job = { store, period, build, hasMerges, condition }
      const analysts = suppression && { ...job, noise, withholding, rules: suppression, playsPerDj: rules.playsPerDj }
      const charts = await buildPeriod({
        ...job,
        rules,
        keyVersion: version,
        isForced: isForced || isMerged(period),
        buildMore: async () => analysts && buildAnalytics({ ...analysts, isForced: isForced || isUrgent(period) }),
      })
      results.push({ name: period.name, charts })
    }
    if (suppression !== undefined) {
      for (const year of periods) {
        if (year.kind !== 'year') continue
        await withholdOverYear({ store, year, rules: suppression, withholding, build, condition })
      }
      const refreshed = await refreshRanks({ store, build, condition })
      await deleteUnseenAnalysts(store, [...names, ...refreshed])
    }
    if (results.some(({ charts }) => charts.publish + charts.hide > 0)) await deleteUnseenEntries(store, names)
    // The marks last: as long as they are there, the next build empties what this one left where it dies.
    await emptyTables(
      store,
      buildTables.filter((table) => table !== MARKS),
    )
    await deleteMarks(store)
    if (isForced) await rememberSettings(store, rules, noise, build)
    return { periods: results }
  }
}

/** Most builds find nothing to do, and see so by one question: marks, those of a build that died, and take-backs that are due. */
async function isSomethingWaiting(
  store: StoreConnection,
  { takeBackHoursMax }: ChartRules,
  build: number,
): Promise<boolean> {
  const [row] = await store.rows<{ waiting: string }>(
    `SELECT (SELECT count() FROM charts.changes) + (SELECT count() FROM ${MARKS})
       + (SELECT count() FROM charts.pending_take_backs FINAL WHERE taken_back_at <= fromUnixTimestamp64Milli({until:Int64}))
       AS waiting`,
    { until: dueUntil(takeBackHoursMax, build) },
  )
  return row?.waiting !== '0'
}

/** What was taken back before then waits no longer, Unix milliseconds. */
const dueUntil = (takeBackHoursMax: number, build: number) => build - takeBackHoursMax * 3_600_000

/** Writes the groups of merged tracks for the build; answers whether there are any. */
async function fillMerges(store: StoreConnection): Promise<boolean> {
  const merges = await store.rows<AppliedMerge>("SELECT track, into FROM charts.merges FINAL WHERE state = 'applied'")
  const lines = [...resolveMerges(merges)].map(([track, canonical]) => JSON.stringify({ track, canonical }))
  if (lines.length > 0) await store.insert({ table: 'charts.build_merges', lines: Buffer.from(lines.join('\n')) })
  return lines.length > 0
}

/**
 * Tells which periods have such a mark. Where merges changed, charts are made anew although no account changed anything; what
 * analysts see waits for no chart either where somebody took something back or objected.
 */
async function readMarkedPeriods(store: StoreConnection, condition: string): Promise<(period: Period) => boolean> {
  const rows = await store.rows<{ week: number }>(`SELECT DISTINCT week FROM charts.build_marks WHERE ${condition}`)
  const marked = new Set(rows.flatMap(({ week }) => periodsTouchingWeek(week).map(({ name }) => name)))
  return ({ name }) => marked.has(name)
}

/** The periods of which something may have changed. */
async function touchedPeriods(
  store: StoreConnection,
  { takeBackHoursMax }: ChartRules,
  build: number,
  isForced: boolean,
): Promise<Period[]> {
  const weeks = await store.rows<{ week: number }>(
    // A week whose contributions are all gone has its mark only, and its charts are to follow.
    `SELECT DISTINCT week FROM charts.build_marks${isForced ? ' UNION DISTINCT SELECT DISTINCT week FROM charts.contributions' : ''}`,
  )
  const due = await store.rows<{ period: string }>(
    `SELECT DISTINCT period FROM charts.pending_take_backs FINAL
     WHERE taken_back_at <= fromUnixTimestamp64Milli({until:Int64})`,
    { until: dueUntil(takeBackHoursMax, build) },
  )
  const isFrozen = await readFrozenPeriods(store)
  const touched = [
    ...weeks.flatMap(({ week }) => periodsTouchingWeek(week)).filter((period) => !isFrozen(period)),
    // What was taken back before a chart froze still goes out of it: its sessions expire only after that.
    ...due.flatMap(({ period }) => parsePeriod(period) ?? []),
  ]
  return [...new Map(touched.map((period) => [period.name, period])).values()]
}

/** The periods to build, small ones first, so that the newest weeks are the first to be seen. */
async function periodsToBuild(
  store: StoreConnection,
  { minimumDjs }: ChartRules,
  touched: readonly Period[],
): Promise<Period[]> {
  const lengthMs = ({ startMs, endMs }: Period) => endMs - startMs
  return (await withEnoughDjs(store, touched, minimumDjs)).sort(
    (a, b) => lengthMs(a) - lengthMs(b) || b.startMs - a.startMs,
  )
}

/**
 * The periods in which there may be a chart, or is one. Sessions with times all over the calendar are no reason to build
 * a thousand periods in which a single account played.
 */
async function withEnoughDjs(
  store: StoreConnection,
  periods: readonly Period[],
  minimumDjs: number,
): Promise<Period[]> {
  // Most builds find nothing to do, and must not read all contributions to see that.
  if (periods.length === 0) return []
  const weekRows = await store.rows<{ week: number; djs: string }>(
    `SELECT week, uniqExact(contributor) AS djs FROM charts.contributions
     WHERE is_deleted = 0 AND week BETWEEN {first_week:UInt32} AND {last_week:UInt32} GROUP BY week`,
    {
      first_week: Math.min(...periods.map(({ startMs }) => weekNumber(startMs))),
      last_week: Math.max(...periods.map(({ endMs }) => weekNumber(endMs - 1))),
    },
  )
  const shownRows = await store.rows<{ period: string }>('SELECT DISTINCT period FROM charts.published')
  const shown = new Set(shownRows.map(({ period }) => period))
  return periods.filter(({ name, startMs, endMs }) => {
    if (shown.has(name)) return true
    const [first, last] = [weekNumber(startMs), weekNumber(endMs - 1)]
    const djsAtMost = weekRows.reduce(
      (sum, { week, djs }) => (week >= first && week <= last ? sum + Number(djs) : sum),
      0,
    )
    return djsAtMost >= minimumDjs
  })
}

/** Numbers of builds grow even where the clock goes back. */
async function nextBuildNumber(store: StoreConnection, clock: () => number): Promise<number> {
  const [row] = await store.rows<{ newest: string }>(
    `SELECT max(version) AS newest FROM (
       SELECT max(version) AS version FROM charts.published
       UNION ALL SELECT max(version) FROM charts.bases
       UNION ALL SELECT max(version) FROM charts.pending_take_backs
       UNION ALL SELECT max(version) FROM charts.analytics_shown)`,
  )
  return Math.max(clock(), Number(row?.newest ?? 0) + 1)
}

/** Removes the marks that the build found when it began, and no others; then what it noted of them. */
async function deleteMarks(store: StoreConnection): Promise<void> {
  const [row] = await store.rows<{ marks: string }>(`SELECT count() AS marks FROM ${MARKS}`)
  if (row?.marks === '0') return
  await store.run(`DELETE FROM charts.changes WHERE mark IN (SELECT mark FROM ${MARKS})`)
  await emptyTables(store, [MARKS])
}

/** With other settings every chart may be another, although no account changed anything. */
async function haveSettingsChanged(
  store: StoreConnection,
  rules: ChartRules,
  noise: AnalystsNoise | undefined,
): Promise<boolean> {
  const [row] = await store.rows<{ value: string }>(
    'SELECT value FROM operations.facts FINAL WHERE name = {name:String}',
    { name: SETTINGS_FACT },
  )
  return row?.value !== settingsOf(rules, noise)
}

async function rememberSettings(
  store: StoreConnection,
  rules: ChartRules,
  noise: AnalystsNoise | undefined,
  build: number,
): Promise<void> {
  const row = { name: SETTINGS_FACT, value: settingsOf(rules, noise), version: build }
  await store.insert({ table: 'operations.facts', lines: Buffer.from(JSON.stringify(row)) })
}

function settingsOf(
  { minimumDjs, playsPerDj, analyticsMinimumDjs }: ChartRules,
  noise: AnalystsNoise | undefined,
): string {
  return JSON.stringify({ minimumDjs, playsPerDj, analyticsMinimumDjs, epsilon: noise?.epsilon })
}
