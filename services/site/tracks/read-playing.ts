/**
 * How a track is played: its tempo, its keys, and what comes after it. All of it out of the analysts' tables, which hold
 * nothing of fewer accounts than their minimum.
 * @module
 */
import { readFileSync } from 'node:fs'
import type { StoreConnection } from '#platform/store/store.ts'
import { type Period, parsePeriod, previousPeriod } from '#rules/periods.ts'
import type { TrackRuns } from '#schemas/records/chart.ts'

const sql = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const tempoSql = sql('track-tempo.sql')
const afterSql = sql('tracks-after.sql')
const namesSql = sql('track-names.sql')

/** Weeks that are looked at, up to the track's newest. */
const WEEKS = 26
const AFTER_MAX = 10

export interface NextTrack {
  readonly id: string
  readonly artist: string
  readonly title: string
  /** How often it was played after the track. */
  readonly plays: number
  /** Whether it is on a published chart, and so has a page. */
  readonly isCharted: boolean
}

export interface Playing {
  /** Least and greatest weekly median, beats per minute; absent where none is published. */
  readonly tempo?: { readonly least: number; readonly greatest: number }
  /** On Camelot's wheel, the one of most weeks first. */
  readonly keys: readonly string[]
  readonly after: readonly NextTrack[]
}

/** Of a track that no weekly chart has, nothing is told: what is known of it is older, or of too few. */
export async function readPlaying(store: StoreConnection, { track, runs }: TrackRuns): Promise<Playing> {
  const newest = newestWeek(runs)
  if (newest === undefined) return { keys: [], after: [] }
  let first = newest
  for (let weeks = 1; weeks < WEEKS; weeks += 1) first = previousPeriod(first)
  const place = { track: track.id, from: first.name }
  const weeks = await store.rows<{ bpm_median: number | null; key: string }>(tempoSql, place)
  const tempos = weeks.flatMap(({ bpm_median }) => bpm_median ?? [])
  return {
    ...(tempos.length > 0 && { tempo: { least: Math.min(...tempos), greatest: Math.max(...tempos) } }),
    keys: mostFrequent(weeks.map(({ key }) => key).filter((key) => key !== '')),
    after: await readAfter(store, place),
  }
}

function newestWeek(runs: TrackRuns['runs']): Period | undefined {
  const periods = runs.flatMap(({ entries }) => parsePeriod(entries.at(-1)?.period ?? '') ?? [])
  return periods.filter(({ kind }) => kind === 'week').sort((a, b) => b.startMs - a.startMs)[0]
}

async function readAfter(store: StoreConnection, place: { track: string; from: string }): Promise<NextTrack[]> {
  const rows = await store.rows<{ id: string; plays: string }>(afterSql, { ...place, rows: AFTER_MAX })
  if (rows.length === 0) return []
  const names = await store.rows<{ id: string; artist: string; title: string; is_charted: number }>(namesSql, {
    from: place.from,
    tracks: rows.map(({ id }) => id),
  })
  const byId = new Map(names.map((name) => [name.id, name]))
  // One without a name that enough accounts share is left out.
  return rows.flatMap(({ id, plays }) => {
    const name = byId.get(id)
    if (name === undefined) return []
    return { id, artist: name.artist, title: name.title, plays: Number(plays), isCharted: name.is_charted === 1 }
  })
}

function mostFrequent(values: readonly string[]): string[] {
  const numbers = new Map<string, number>()
  for (const value of values) numbers.set(value, (numbers.get(value) ?? 0) + 1)
  return [...numbers].sort(([, a], [, b]) => b - a).map(([value]) => value)
}
