/**
 * The rows that say which revision of a chart readers see, and its entries.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import type { Period } from '#rules/periods.ts'
import type { Entry } from './chart-entries.ts'

/** What `charts.published` knows of a chart. */
export interface PublishedChart {
  readonly region: string
  readonly genre: string
  readonly revision: number
  readonly builtAtMs: number
  readonly djs: number
  readonly plays: number
  /** Hash of what readers see. */
  readonly content: string
  /** Not shown, because too few accounts are left. */
  readonly isHidden: boolean
  /** Not shown, so that a region beside it tells nothing. */
  readonly isWithheld: boolean
  /** Number of the build that decided on it last. */
  readonly build: number
}

interface PublishedRow {
  region: string
  genre: string
  revision: number
  built_at_ms: string
  djs: number
  plays: string
  content: string
  hidden: number
  withheld: number
  version: string
}

/** All charts of a period that have, or had, a revision. */
export async function readPublished(store: StoreConnection, period: Period): Promise<PublishedChart[]> {
  const rows = await store.rows<PublishedRow>(
    `SELECT region, genre, revision, toUnixTimestamp64Milli(built_at) AS built_at_ms, djs, plays, content, hidden, withheld,
       version
     FROM charts.published FINAL WHERE kind = {kind:String} AND period = {period:String}`,
    { kind: period.kind, period: period.name },
  )
  return rows.map((row) => ({
    region: row.region,
    genre: row.genre,
    revision: row.revision,
    builtAtMs: Number(row.built_at_ms),
    djs: row.djs,
    plays: Number(row.plays),
    content: row.content,
    isHidden: row.hidden === 1,
    isWithheld: row.withheld === 1,
    build: Number(row.version),
  }))
}

/** The row that switches readers to a revision, or to none. */
export function encodePublished(period: Period, chart: PublishedChart): string {
  return JSON.stringify({
    kind: period.kind,
    period: period.name,
    region: chart.region,
    genre: chart.genre,
    revision: chart.revision,
    built_at: new Date(chart.builtAtMs).toISOString(),
    djs: chart.djs,
    plays: chart.plays,
    content: chart.content,
    hidden: chart.isHidden ? 1 : 0,
    withheld: chart.isHidden || chart.isWithheld ? 1 : 0,
    version: chart.build,
  })
}

/** The rows of a revision's entries. */
export function encodeEntries(
  period: Period,
  chart: Pick<PublishedChart, 'region' | 'genre' | 'revision'>,
  entries: readonly Entry[],
): string {
  const { region, genre, revision } = chart
  return entries
    .map((entry) => JSON.stringify({ region, genre, kind: period.kind, period: period.name, revision, ...entry }))
    .join('\n')
}
