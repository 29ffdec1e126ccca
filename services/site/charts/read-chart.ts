/**
 * Reads a chart. What depends on other periods (previous rank, peak, movement) is computed here, at reading, so that a
 * correction of an old chart shows in all that come after it.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { nextPeriod, type Period, type PeriodKind, parsePeriod, previousPeriod } from '#rules/periods.ts'
import { toTrackId } from '#rules/track-identity.ts'
import type { Chart, ChartEntry, Movement } from '#schemas/records/chart.ts'
import { type ChartAddress, LATEST } from './chart-address.ts'

const sql = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const publishedChartsSql = sql('published-charts.sql')
const chartEntriesSql = sql('chart-entries.sql')
const trackHistoriesSql = sql('track-histories.sql')

const DAY_MS = 86_400_000

/** How often a chart is read again because a new revision took its place meanwhile. */
const READS_MAX = 3

export interface ChartReaderOptions {
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly chartMinDjs: number
  readonly chartFinalAfterDays: number
}

/** A chart, with what its page needs beside it. */
export interface ReadChart {
  readonly chart: Chart
  readonly period: Period
  readonly hasPrevious: boolean
  /** Unix milliseconds from which on its status would be another; infinite for a final chart. */
  readonly validUntilMs: number
}

interface PublishedRow {
  readonly period: string
  readonly revision: number
  readonly built_at_ms: string
  readonly djs: number
  readonly plays: string
}

interface EntryRow {
  readonly rank: number
  readonly track: string
  readonly artist: string
  readonly title: string
  readonly label: string
  readonly djs: number
  readonly plays: number
}

interface HistoryRow {
  readonly track: string
  readonly peak_rank: number
  readonly periods: string
  readonly previous_rank: number
}

/** Reads charts; `undefined` alike for one that does not exist and one that is withheld. */
export function createChartReader(
  options: ChartReaderOptions,
): (address: ChartAddress) => Promise<ReadChart | undefined> {
  const { store, clock, chartMinDjs, chartFinalAfterDays } = options

  return async (address) => {
    const kind: PeriodKind = address.period === LATEST ? 'week' : address.period.kind
    const place = { region: address.region, genre: address.genre, kind }
    const readPublished = () => store.rows<PublishedRow>(publishedChartsSql, place)

    let published = await readPublished()
    for (let read = 1; ; read += 1) {
      const name = address.period === LATEST ? published.at(-1)?.period : address.period.name
      const head = published.find((row) => row.period === name)
      const period = name === undefined ? undefined : parsePeriod(name)
      if (head === undefined || period === undefined) return undefined
      const entries = await readEntries(store, place, published, head, period)
      const after = await readPublished()
      if (read === READS_MAX || sameRevisions(published, after)) return compose(head, period, published, entries)
      published = after
    }

    function compose(
      head: PublishedRow,
      period: Period,
      rows: readonly PublishedRow[],
      entries: readonly ChartEntry[],
    ): ReadChart {
      const isPublished = (name: string) => rows.some((row) => row.period === name)
      const finalFromMs = period.endMs + chartFinalAfterDays * DAY_MS
      const isFinal = clock() >= finalFromMs
      const previous = previousPeriod(period).name
      const next = nextPeriod(period).name
      const chart: Chart = {
        chart: {
          region: place.region,
          genre: place.genre,
          period: period.name,
          status: isFinal ? 'final' : 'provisional',
          revision: head.revision,
          builtAt: new Date(Number(head.built_at_ms)).toISOString(),
          djs: head.djs,
          plays: Number(head.plays),
          minimumDjs: chartMinDjs,
          previous,
          next: isPublished(next) ? next : null,
        },
        entries: [...entries],
      }
      const validUntilMs = isFinal ? Number.POSITIVE_INFINITY : finalFromMs
      return { chart, period, hasPrevious: isPublished(previous), validUntilMs }
    }
  }
}

async function readEntries(
  store: StoreConnection,
  place: { region: string; genre: string; kind: PeriodKind },
  published: readonly PublishedRow[],
  head: PublishedRow,
  period: Period,
): Promise<ChartEntry[]> {
  const rows = await store.rows<EntryRow>(chartEntriesSql, { ...place, period: head.period, revision: head.revision })
  if (rows.length === 0) return []
  // Names of periods of one kind sort as their times do.
  const upToNow = published.filter((row) => row.period <= head.period)
  const histories = await store.rows<HistoryRow>(trackHistoriesSql, {
    ...place,
    previous: previousPeriod(period).name,
    periods: upToNow.map((row) => row.period),
    revisions: upToNow.map((row) => row.revision),
    tracks: rows.map(({ track }) => track),
  })
  const byTrack = new Map(histories.map((history) => [history.track, history]))
  return rows.map((row) => toEntry(row, byTrack.get(row.track)))
}

function toEntry(row: EntryRow, history: HistoryRow | undefined): ChartEntry {
  const previousRank = history === undefined || history.previous_rank === 0 ? null : history.previous_rank
  const periodsOnChart = Number(history?.periods ?? 1)
  return {
    rank: row.rank,
    previousRank,
    peakRank: history?.peak_rank ?? row.rank,
    periodsOnChart,
    movement: movementOf(row.rank, previousRank, periodsOnChart),
    track: {
      id: toTrackId(row.track),
      artist: row.artist,
      title: row.title,
      ...(row.label === '' ? {} : { label: row.label }),
    },
    djs: row.djs,
    plays: row.plays,
  }
}

function movementOf(rank: number, previousRank: number | null, periodsOnChart: number): Movement {
  if (previousRank === null) return periodsOnChart > 1 ? 're-entry' : 'new'
  if (rank === previousRank) return 'same'
  return rank < previousRank ? 'up' : 'down'
}

function sameRevisions(one: readonly PublishedRow[], other: readonly PublishedRow[]): boolean {
  const marks = (rows: readonly PublishedRow[]) => rows.map(({ period, revision }) => `${period}/${revision}`).join()
  return marks(one) === marks(other)
}
