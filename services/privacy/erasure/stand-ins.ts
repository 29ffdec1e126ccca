/**
 * What published charts are compared with names their contributors. Of an erased account a stand-in takes the place: a
 * number that is nobody's, other in each period and genre, so that the next revision is still known to change by this account, and
 * is held back like any other until enough accounts changed or the take-back is due.
 * @module
 */
import { readSql } from '#platform/store/sql-file.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { parsePeriod, weekNumber } from '#rules/periods.ts'

const read = (name: string) => readSql(new URL(`./sql/${name}.sql`, import.meta.url))

const copies = [read('stand-in-bases'), read('stand-in-earlier-bases'), read('stand-in-pending')]
const chartsOfAccounts = read('charts-of-accounts')
const forgottenCharts = read('forgotten-charts')

/** The tables of the chart builder that name a contributor and carry no position of an event. */
export const builderTables = ['charts.changes', 'charts.bases', 'charts.earlier_bases', 'charts.pending_take_backs']

export interface ErasedContributor {
  readonly contributor: string
  /** Makes the stand-ins, see {@link Pseudonyms.erasureSeed}. */
  readonly seed: string
  readonly acceptedAtMs: number
}

/**
 * Puts stand-ins in the place of contributors and deletes their rows. No build may be under way; after a crash in between
 * it writes the same rows again.
 */
export async function putStandIns(store: StoreConnection, erased: readonly ErasedContributor[]): Promise<void> {
  // Of an account that was erased twice the first erasure makes the stand-ins.
  const first = new Map([...erased].reverse().map((one) => [one.contributor, one]))
  const params = paramsOf([...first.values()])
  for (const copy of copies) await store.run(copy, params)
  await markPeriods(store, erased)
  for (const table of builderTables) {
    await store.run(`DELETE FROM ${table} WHERE contributor IN {contributors:Array(UInt64)}`, params)
  }
}

/**
 * Marks the periods of the charts with stand-ins: an account that has begun anew may be behind a chart that is built
 * already, and nothing else would have it built again without the stand-in. The weeks in which the accounts still count too,
 * where ingest has not come to delete that: what analysts see of them is to be made without the accounts.
 */
async function markPeriods(store: StoreConnection, erased: readonly ErasedContributor[]): Promise<void> {
  const rows = await store.rows<{ period: string }>(
    'SELECT DISTINCT period FROM charts.bases FINAL WHERE contributor IN {contributors:Array(UInt64)}',
    paramsOf(erased),
  )
  const counted = await store.rows<{ week: number }>(
    'SELECT DISTINCT week FROM charts.contributions WHERE contributor IN {contributors:Array(UInt64)}',
    paramsOf(erased),
  )
  const weeks = [
    // A week that ends in the period: its mark has the period built.
    ...rows.flatMap(({ period }) => parsePeriod(period) ?? []).map(({ endMs }) => weekNumber(endMs - 1)),
    ...counted.map(({ week }) => week),
  ]
  const changedAt = new Date(Math.max(0, ...erased.map(({ acceptedAtMs }) => acceptedAtMs))).toISOString()
  const lines = [...new Set(weeks)].map((week) =>
    JSON.stringify({ week, contributor: 0, taken_back: 0, analytics: 1, changed_at: changedAt }),
  )
  if (lines.length > 0) await store.insert({ table: 'charts.changes', lines: Buffer.from(lines.join('\n')) })
}

export interface ChartsOfAccount {
  /** Charts that are made without it. */
  readonly rebuilt: readonly string[]
  /** Charts that it, or its stand-in, is still behind. */
  readonly waiting: readonly string[]
}

/** The charts that readers may see and that an account has a part in, or had when it was erased; by its seed. */
export async function chartsOf(
  store: StoreConnection,
  erased: readonly ErasedContributor[],
): Promise<(seed: string) => ChartsOfAccount> {
  const newestAcceptedAtMs = Math.max(0, ...erased.map(({ acceptedAtMs }) => acceptedAtMs))
  const rows = await store.rows<{ seed: string; name: string; waits: number }>(chartsOfAccounts, {
    ...paramsOf(erased),
    newest_accepted_at_ms: newestAcceptedAtMs,
  })
  const bySeed = new Map<string, { rebuilt: string[]; waiting: string[] }>()
  for (const { seed, name, waits } of rows) {
    const charts = bySeed.get(seed) ?? { rebuilt: [], waiting: [] }
    bySeed.set(seed, charts)
    charts[waits === 1 ? 'waiting' : 'rebuilt'].push(name)
  }
  return (seed) => bySeed.get(seed) ?? { rebuilt: [], waiting: [] }
}

/** Those of the charts that readers may see now. */
export async function shownCharts(store: StoreConnection, names: readonly string[]): Promise<string[]> {
  const rows = await store.rows<{ name: string }>(
    `SELECT concat(region, '/', genre, '/', period) AS name FROM charts.published FINAL
     WHERE withheld = 0 AND name IN {names:Array(String)} ORDER BY name`,
    { names },
  )
  return rows.map(({ name }) => name)
}

/**
 * Forgets the hidden charts that only erased accounts stood behind: their genre may be a word that nobody else used. No
 * build may be under way.
 */
export async function forgetCharts(store: StoreConnection): Promise<void> {
  const charts = await store.rows<{ kind: string; period: string; region: string; genre: string } & ChartIds>(
    forgottenCharts,
  )
  for (const chart of charts) {
    const ofChart = 'kind = {kind:String} AND period = {period:String}'
    for (const table of ['charts.bases', 'charts.earlier_bases', 'charts.pending_take_backs']) {
      await store.run(
        `DELETE FROM ${table} WHERE ${ofChart} AND region_id = {region_id:UInt64} AND genre_id = {genre_id:UInt64}`,
        { ...chart },
      )
    }
    // The last one: by it the others are found again after a crash.
    await store.run(
      `DELETE FROM charts.published WHERE ${ofChart} AND region = {region:String} AND genre = {genre:String}`,
      { ...chart },
    )
  }
}

interface ChartIds {
  readonly region_id: string
  readonly genre_id: string
}

/** Integers of 64 bits go as such: a list of texts is no list of integers to the engine. */
function paramsOf(erased: readonly ErasedContributor[]): Record<string, unknown> {
  return {
    contributors: erased.map(({ contributor }) => BigInt(contributor)),
    seeds: erased.map(({ seed }) => BigInt(seed)),
    accepted_at_ms: erased.map(({ acceptedAtMs }) => acceptedAtMs),
  }
}
