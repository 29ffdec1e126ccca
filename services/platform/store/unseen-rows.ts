/**
 * Rows of charts and of analysts' tables that nobody sees: of a revision that another one has replaced, of a chart that is hidden,
 * or of a build that died. They may hold what somebody has taken back.
 * @module
 */
import { analystsTables } from '#schemas/privacy/analytics-columns.ts'
import { deleteWhereFilled } from './delete-where-filled.ts'
import type { StoreConnection } from './store.ts'

/** Where rows stand that nobody may see, and which do. */
interface ShownTable {
  readonly table: string
  /** The column with the period. */
  readonly period: string
  /** What names a revision of the table. */
  readonly revision: string
  /** The same of those that somebody sees, as the begin of a statement. */
  readonly seen: string
}

const entries: ShownTable = {
  table: 'charts.entries',
  period: 'period',
  revision: '(region, genre, kind, period, revision)',
  seen: 'SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE hidden = 0',
}

const ofAnalysts = analystsTables.map(
  ({ table, what, period }): ShownTable => ({
    table,
    period,
    revision: `(${period}, revision)`,
    seen: `SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = '${what}'`,
  }),
)

/** Deletes entries of charts that nobody sees, of these periods or of all. No other build may be under way. */
export async function deleteUnseenEntries(store: StoreConnection, periods?: readonly string[]): Promise<void> {
  await deleteUnseen(store, [entries], periods)
}

/** Deletes rows of analysts' tables that nobody sees, of these periods or of all. No other build may be under way. */
export async function deleteUnseenAnalysts(store: StoreConnection, periods?: readonly string[]): Promise<void> {
  await deleteUnseen(store, ofAnalysts, periods)
}

async function deleteUnseen(
  store: StoreConnection,
  tables: readonly ShownTable[],
  periods: readonly string[] | undefined,
): Promise<void> {
  if (periods?.length === 0) return
  const isOf = (column: string) => (periods === undefined ? 'true' : `${column} IN {periods:Array(String)}`)
  const deletions = tables.map(({ table, period, revision, seen }) => ({
    table,
    // Twice, for few periods are built at a time, and all that was ever published would be read else.
    condition: `${isOf(period)} AND ${revision} NOT IN (${seen} AND ${isOf('period')})`,
  }))
  await deleteWhereFilled(store, deletions, periods === undefined ? {} : { periods })
}
