/**
 * Weeks in which sessions have reached their retention. The charts of all periods that touch one stay as they are, so what
 * was kept to build them anew is needed no more.
 * @module
 */
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { periodsTouchingWeek } from '#rules/periods.ts'
import { analystsTables } from '#schemas/privacy/analytics-columns.ts'

const namesOf = (weeks: readonly { readonly week: number }[]) =>
  weeks.flatMap(({ week }) => periodsTouchingWeek(week).map(({ name }) => name))

/** Names of the periods in which take-backs wait. */
export interface WaitingTakeBacks {
  /** Marked by ingest and not yet seen by a build, or of an erasure that has not yet reached the charts. */
  readonly unseen: ReadonlySet<string>
  /** In a chart, for others to change too; they go out within `TAKE_BACK_HOURS_MAX`. */
  readonly pending: ReadonlySet<string>
}

export async function readWaitingTakeBacks(
  store: StoreConnection,
  pseudonyms: Pick<Pseudonyms, 'contributor'>,
): Promise<WaitingTakeBacks> {
  const marks = await store.rows<{ week: number }>('SELECT DISTINCT week FROM charts.changes WHERE taken_back = 1')
  const pending = await store.rows<{ period: string }>('SELECT DISTINCT period FROM charts.pending_take_backs FINAL')
  const unseen = [...namesOf(marks), ...(await readErasingPeriods(store, pseudonyms))]
  return { unseen: new Set(unseen), pending: new Set(pending.map(({ period }) => period)) }
}

/** Of an account that is being erased ingest has deleted the rows; in charts it is what shows that it was there. */
async function readErasingPeriods(
  store: StoreConnection,
  pseudonyms: Pick<Pseudonyms, 'contributor'>,
): Promise<string[]> {
  const erasing = await store.rows<{ owner: string }>('SELECT owner FROM playlists.erasures FINAL WHERE step = 1')
  if (erasing.length === 0) return []
  const rows = await store.rows<{ period: string }>(
    'SELECT DISTINCT period FROM charts.bases FINAL WHERE contributor IN {contributors:Array(UInt64)}',
    { contributors: erasing.map(({ owner }) => BigInt(pseudonyms.contributor(owner))) },
  )
  return rows.map(({ period }) => period)
}

/** Freezes the weeks that are not frozen yet; lasts, once it resolves. */
export async function freezeWeeks(store: StoreConnection, weeks: ReadonlySet<number>, nowMs: number): Promise<void> {
  const frozen = new Set((await readFrozenWeeks(store)).map(({ week }) => week))
  const lines = [...weeks]
    .filter((week) => !frozen.has(week))
    .map((week) => JSON.stringify({ week, frozen_at: new Date(nowMs).toISOString() }))
  if (lines.length > 0) await store.insert({ table: 'charts.frozen_weeks', lines: Buffer.from(lines.join('\n')) })
}

/**
 * Deletes what was kept to compare the next revision of frozen charts with: there is none. Pseudonyms are kept no longer
 * than they are needed. A chart in which a take-back waits gets one more revision, and keeps it until then. No build may
 * be under way.
 */
export async function dropFrozenBases(
  store: StoreConnection,
  pseudonyms: Pick<Pseudonyms, 'contributor'>,
): Promise<void> {
  const { pending, unseen } = await readWaitingTakeBacks(store, pseudonyms)
  const waits = (name: string) => pending.has(name) || unseen.has(name)
  const frozen = new Set(namesOf(await readFrozenWeeks(store)).filter((name) => !waits(name)))
  const kept = await store.rows<{ period: string }>(
    'SELECT DISTINCT period FROM charts.bases UNION DISTINCT SELECT DISTINCT period FROM charts.earlier_bases',
  )
  const periods = kept.map(({ period }) => period).filter((name) => frozen.has(name))
  if (periods.length === 0) return
  // Entries that a build wrote and died before anybody saw them: no later build comes to remove them.
  await store.run(
    `DELETE FROM charts.entries WHERE period IN {periods:Array(String)} AND (region, genre, kind, period, revision) NOT IN
       (SELECT region, genre, kind, period, revision FROM charts.published FINAL
        WHERE hidden = 0 AND period IN {periods:Array(String)})`,
    { periods },
  )
  for (const { table, period, what } of analystsTables) {
    await store.run(
      `DELETE FROM ${table} WHERE ${period} IN {periods:Array(String)} AND (${period}, revision) NOT IN
         (SELECT period, revision FROM charts.analytics_shown FINAL WHERE what = '${what}')`,
      { periods },
    )
  }
  await store.run('DELETE FROM charts.earlier_bases WHERE period IN {periods:Array(String)}', { periods })
  await store.run('DELETE FROM charts.bases WHERE period IN {periods:Array(String)}', { periods })
}

function readFrozenWeeks(store: StoreConnection): Promise<{ week: number }[]> {
  return store.rows<{ week: number }>('SELECT DISTINCT week FROM charts.frozen_weeks')
}
