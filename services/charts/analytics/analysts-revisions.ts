/**
 * Which revision of a period analysts see, the next one, and what nobody sees any more.
 * @module
 */
import { emptyTables } from '#platform/store/empty-tables.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { analystsTables } from '#schemas/privacy/analytics-columns.ts'
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

/** Deletes the rows of these periods that are of no revision which is shown: of one that was, or of a build that died. */
export async function deleteUnseenRows(store: StoreConnection, periods: readonly string[]): Promise<void> {
  if (periods.length === 0) return
  const conditions = analystsTables.map(({ table, what, period }) => ({
    table,
    condition: `${period} IN {periods:Array(String)} AND (${period}, revision) NOT IN
      (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = '${what}')`,
  }))
  // A deletion that finds nothing costs as much as any.
  const counts = await store.rows<{ table: string; rows: string }>(
    conditions
      .map(({ table, condition }) => `SELECT '${table}' AS table, count() AS rows FROM ${table} WHERE ${condition}`)
      .join(' UNION ALL '),
    { periods },
  )
  const filled = new Set(counts.flatMap(({ table, rows }) => (rows === '0' ? [] : [table])))
  for (const { table, condition } of conditions) {
    if (filled.has(table)) await store.run(`DELETE FROM ${table} WHERE ${condition}`, { periods })
  }
}
