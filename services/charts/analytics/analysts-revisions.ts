/**
 * Which revision of a period analysts see, and the next one.
 * @module
 */
import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { analyticsStatements } from './analytics-statements.ts'

/** `charts`: `analytics.charts` of a period; `week`: the other tables of a week; `withheld`: what is withheld of a year. */
export type Shown = 'charts' | 'week' | 'withheld'

export interface ShownRevision {
  readonly what: Shown
  readonly period: string
  readonly revision: number
  /** Number of the build that showed it. */
  readonly build: number
}

/** What is shown of every period that ever was. */
export async function readShownRevisions(store: StoreConnection): Promise<ShownRevision[]> {
  const rows = await store.rows<{ what: Shown; period: string; revision: number; version: string }>(
    'SELECT what, period, revision, version FROM charts.analytics_shown FINAL ORDER BY what, period',
  )
  return rows.map(({ version, ...row }) => ({ ...row, build: Number(version) }))
}

export interface AnalystsSwitch {
  readonly store: StoreConnection
  readonly build: number
  /** A condition of SQL that the engine refuses once another process builds charts. */
  readonly condition: string
}

/** Switches analysts over to these revisions, all at once. */
export async function switchAnalysts(
  { store, build, condition }: AnalystsSwitch,
  revisions: readonly Omit<ShownRevision, 'build'>[],
): Promise<void> {
  const builtAt = new Date(build).toISOString()
  const lines = revisions.map(({ what, period, revision }) =>
    JSON.stringify({ what, period, revision, built_at: builtAt, version: build }),
  )
  await emptyTables(store, ['charts.build_analytics_shown'])
  await store.insert({ table: 'charts.build_analytics_shown', lines: Buffer.from(lines.join('\n')) })
  await store.run(`${analyticsStatements.switchAnalysts} AND ${condition}`, { build })
}
