/**
 * A track and its runs on published charts.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { type PeriodKind, parsePeriod } from '#rules/periods.ts'
import { toTrackId } from '#rules/track-identity.ts'
import type { TrackRuns } from '#schemas/records/chart.ts'

const trackEntriesSql = readFileSync(new URL('track-entries.sql', import.meta.url), 'utf8')

/** Bounds the answer: weeks, months and years of some hundred regions and genres over years. */
const ENTRIES_MAX = 50_000

const MERGES_FOLLOWED_MAX = 5

interface TrackEntryRow {
  readonly region: string
  readonly genre: string
  readonly kind: PeriodKind
  readonly period: string
  readonly rank: number
  readonly artist: string
  readonly title: string
  readonly label: string
  readonly djs: number
  readonly plays: number
}

/**
 * Reads a track by its id (16 hex digits); `undefined` where no published chart has it. A track that was merged into another
 * leads to that one, so that old links go on. One run a region, genre and kind
 * of period, in this order, its entries by time.
 */
export async function readTrack(store: StoreConnection, trackId: string): Promise<TrackRuns | undefined> {
  const track = await followMerges(store, BigInt(`0x${trackId}`).toString())
  const rows = await store.rows<TrackEntryRow>(trackEntriesSql, { track, rows: ENTRIES_MAX })
  const newest = newestOf(rows)
  if (newest === undefined) return undefined
  const { artist, title, label } = newest
  return {
    track: { id: toTrackId(track), artist, title, ...(label === '' ? {} : { label }) },
    runs: toRuns(rows),
  }
}

/** The track that a track is counted as. A chain is followed a few steps; nobody makes longer ones. */
async function followMerges(store: StoreConnection, track: string): Promise<string> {
  let counted = track
  for (let steps = 0; steps < MERGES_FOLLOWED_MAX; steps += 1) {
    const [merge] = await store.rows<{ into: string }>(
      "SELECT into FROM charts.merges FINAL WHERE track = {track:UInt64} AND state = 'applied'",
      { track: counted },
    )
    if (merge === undefined) break
    counted = merge.into
  }
  return counted
}

function toRuns(rows: readonly TrackEntryRow[]): TrackRuns['runs'] {
  const byPlace = new Map<string, TrackRuns['runs'][number]>()
  for (const { region, genre, kind, period, rank, djs, plays } of rows) {
    const place = JSON.stringify([region, genre, kind])
    const run = byPlace.get(place) ?? { region, genre, peakRank: rank, entries: [] }
    run.peakRank = Math.min(run.peakRank, rank)
    run.entries.push({ period, rank, djs, plays })
    byPlace.set(place, run)
  }
  return [...byPlace.values()]
}

/** The entry of the period that began last; of several the one most accounts stand behind, then the first by name. */
function newestOf(rows: readonly TrackEntryRow[]): TrackEntryRow | undefined {
  const startMs = ({ period }: TrackEntryRow) => parsePeriod(period)?.startMs ?? 0
  return rows.reduce<TrackEntryRow | undefined>((best, row) => {
    if (best === undefined) return row
    const isNewer = startMs(row) - startMs(best) || row.djs - best.djs
    return isNewer > 0 ? row : best
  }, undefined)
}
