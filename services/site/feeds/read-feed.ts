/**
 * The newest charts of a region and genre, for a feed.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, type PeriodKind, parsePeriod } from '#rules/periods.ts'
import { toTrackId } from '#rules/track-identity.ts'

const feedChartsSql = readFileSync(new URL('feed-charts.sql', import.meta.url), 'utf8')

/** A reader of feeds that comes once a quarter misses no week. */
const CHARTS_MAX = 13
/** Places of each chart that a feed shows. */
const FEED_PLACES_MAX = 10

export interface FeedAddress {
  readonly region: string
  readonly genre: string
  readonly kind: PeriodKind
}

export interface FeedChart {
  readonly period: Period
  readonly builtAt: string
  /** Distinct accounts in the chart. */
  readonly djs: number
  readonly entries: readonly FeedEntry[]
}

export interface FeedEntry {
  readonly rank: number
  readonly trackId: string
  readonly artist: string
  readonly title: string
  readonly djs: number
}

interface FeedRow {
  readonly period: string
  readonly built_at_ms: string
  readonly chart_djs: number
  readonly rank: number
  readonly track: string
  readonly artist: string
  readonly title: string
  readonly djs: number
}

/** The newest first; empty where none is published. */
export async function readFeed(store: StoreConnection, address: FeedAddress): Promise<FeedChart[]> {
  const rows = await store.rows<FeedRow>(feedChartsSql, { ...address, charts: CHARTS_MAX, places: FEED_PLACES_MAX })
  const charts = new Map<string, FeedChart & { entries: FeedEntry[] }>()
  for (const { period: name, built_at_ms, chart_djs, rank, track, artist, title, djs } of rows) {
    const period = parsePeriod(name)
    if (period === undefined) continue
    const builtAt = new Date(Number(built_at_ms)).toISOString()
    const chart = charts.get(name) ?? { period, builtAt, djs: chart_djs, entries: [] }
    chart.entries.push({ rank, trackId: toTrackId(track), artist, title, djs })
    charts.set(name, chart)
  }
  return [...charts.values()]
}
