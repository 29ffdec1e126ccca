/**
 * Rows of charts and of analysts' tables that nobody sees: of a revision that another one has replaced, of a chart that is hidden,
 * or of a build that died. They may hold what somebody has taken back.
 * @module
 */
import { analystsTables } from '#schemas/privacy/analytics-columns.ts'
import type { StoreConnection } from './store.ts'

interface UnseenRows {
  readonly table: string
  /** A condition of SQL. */
  readonly unseen: string
  /** The column with the period. */
  readonly period: string
}

const entries: UnseenRows = {
  table: 'charts.entries',
  unseen: `(region, genre, kind, period, revision) NOT IN
    (SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE hidden = 0)`,
  period: 'period',
}

const ofAnalysts: readonly UnseenRows[] = analystsTables.map(({ table, what, period }) => ({
  table,
  unseen: `(${period}, revision) NOT IN (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = '${what}')`,
  period,
}))

/** Deletes entries of charts that nobody sees, of these periods or of all. No other build may be under way. */
export async function deleteUnseenEntries(store: StoreConnection, periods?: readonly string[]): Promise<void> {
  await deleteFrom(store, [entries], periods)
}

/** Deletes rows of analysts' tables that nobody sees, of these periods or of all. No other build may be under way. */
export async function deleteUnseenAnalysts(store: StoreConnection, periods?: readonly string[]): Promise<void> {
  await deleteFrom(store, ofAnalysts, periods)
}

async function deleteFrom(
  store: StoreConnection,
  tables: readonly UnseenRows[],
  periods: readonly string[] | undefined,
): Promise<void> {
  if (periods?.length === 0) return
  const conditions = tables.map(({ table, unseen, period }) => ({
    table,
    condition: periods === undefined ? unseen : `${period} IN {periods:Array(String)} AND ${unseen}`,
  }))
  const params = periods === undefined ? {} : { periods }
  // A deletion that finds nothing costs as much as any.
  const counts = await store.rows<{ table: string; rows: string }>(
    conditions
      .map(({ table, condition }) => `SELECT '${table}' AS table, count() AS rows FROM ${table} WHERE ${condition}`)
      .join(' UNION ALL '),
    params,
  )
  const filled = new Set(counts.flatMap(({ table, rows }) => (rows === '0' ? [] : [table])))
  for (const { table, condition } of conditions) {
    if (filled.has(table)) await store.run(`DELETE FROM ${table} WHERE ${condition}`, params)
  }
}
