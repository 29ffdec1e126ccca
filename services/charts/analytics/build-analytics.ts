/**
 * Builds what analysts see of a period, behind its charts and out of the same pairs: the charts as their population makes
 * them, and of a week its tracks, tags and transitions.
 *
 * It is built anew when readers were shown other charts of the period since, or where a mark says that it must not wait for
 * them: somebody took something back, objected, or tracks were merged. Mere additions wait as they do in charts.
 * @module
 */
import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, previousPeriod, weekNumber } from '#rules/periods.ts'
import { entryStatements } from '../chart-statements.ts'
import { readShownRevisions, switchAnalysts } from './analysts-revisions.ts'
import { analyticsBuildTables, analyticsStatements as statements } from './analytics-statements.ts'
import { type AnalystsNoise, contributionBounds } from './noise/analysts-noise.ts'
import type { SuppressionRules } from './suppression/publishable-regions.ts'
import type { Withholding } from './withholding/create-withholding.ts'
import { writeWeek } from './write-week.ts'

export interface AnalyticsJob {
  readonly store: StoreConnection
  readonly period: Period
  readonly rules: SuppressionRules
  readonly noise: AnalystsNoise | undefined
  readonly withholding: Withholding
  readonly playsPerDj: number
  /** Number of the build. */
  readonly build: number
  /** Whether it is built whatever readers were shown. */
  readonly isForced: boolean
  readonly hasMerges: boolean
  /** A condition of SQL that the engine refuses once another process builds charts. */
  readonly condition: string
}

/** Resolves with whether it built anything. Rejects where the store fails; what analysts see is then still whole. */
export async function buildAnalytics(job: AnalyticsJob): Promise<boolean> {
  const { store, period, rules, noise, withholding } = job
  const charts = await readChartsOf(store, period)
  const shown = (await readShownRevisions(store)).filter((revision) => revision.period === period.name)
  const seen = Math.min(
    ...(['charts', 'week'] as const).flatMap((what) => {
      if (what === 'week' && period.kind !== 'week') return []
      return [shown.find((revision) => revision.what === what)?.build ?? 0]
    }),
  )
  // A period of which no chart was ever shown is too small, or waits as a whole.
  if (shown.length === 0 && !charts.areShown) return false
  if (!job.isForced && seen >= charts.newestBuild) return false

  const revision = Math.max(0, ...shown.map((one) => one.revision)) + 1
  const params = {
    kind: period.kind,
    period: period.name,
    previous: previousPeriod(period).name,
    week: weekNumber(period.startMs),
    week_name: period.name,
    minimum_djs: rules.minimumDjs,
    plays_per_dj: job.playsPerDj,
    revision,
    has_noise: noise === undefined ? 0 : 1,
  }
  if (charts.areShown) {
    await store.run(statements.fillCharted, params)
    // Beside the published numbers, exact ones of the analysts' population would tell what its noise hides.
    if (noise === undefined) await writeCharts(store, params)
    if (period.kind === 'week') {
      await writeWeek({ store, rules, noise, withholding, hasMerges: job.hasMerges, params })
    }
  }
  const whats = period.kind === 'week' ? (['charts', 'week'] as const) : (['charts'] as const)
  if (noise !== undefined && period.kind === 'week' && charts.areShown) await writeSpent(job, noise)
  await switchAnalysts(
    job,
    whats.map((what) => ({ what, period: period.name, revision })),
  )
  await emptyTables(store, analyticsBuildTables)
  return true
}

/** Whether a chart of the period is shown, and the newest build that switched readers of it; 0 where none did. */
async function readChartsOf(
  store: StoreConnection,
  { kind, name }: Period,
): Promise<{ readonly newestBuild: number; readonly areShown: boolean }> {
  const [row] = await store.rows<{ build: string; shown: string }>(
    `SELECT max(version) AS build, countIf(hidden = 0) AS shown
     FROM charts.published FINAL WHERE kind = {kind:String} AND period = {period:String}`,
    { kind, period: name },
  )
  return { newestBuild: Number(row?.build ?? 0), areShown: Number(row?.shown ?? 0) > 0 }
}

/** What a week costs the accounts of it, whether or not it cost them that before: the noise of a cell is drawn once. */
async function writeSpent({ store, period, build }: AnalyticsJob, { epsilon }: AnalystsNoise): Promise<void> {
  const lines = Object.entries(contributionBounds).map(([table, { items, tags, plays }]) =>
    JSON.stringify({ week: period.name, table_name: table, epsilon, items, tags, plays, version: build }),
  )
  await store.insert({ table: 'charts.analytics_spent', lines: Buffer.from(lines.join('\n')) })
}

async function writeCharts(store: StoreConnection, params: Record<string, unknown>): Promise<void> {
  const charts = await store.rows<{ genre: string }>('SELECT DISTINCT genre FROM charts.build_analytics_charted')
  for (const { fill, areOf } of entryStatements) {
    if (charts.some(({ genre }) => areOf(genre))) await store.run(fill)
  }
  if (charts.length > 0) await store.run(statements.writeCharts, params)
}
