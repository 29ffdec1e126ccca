/**
 * Decisions on merges as rows: the newest one of each pair of tracks, every one in the history, and the marks that have
 * the charts rebuilt.
 *
 * Tracks are decimal numbers of 64 bits here, as in the store.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { type AppliedMerge, resolveMerges } from './resolve-merges.ts'

/** Who decided, where it was no editor. */
export const MATCHER = 'matcher'

/** `undone` holds against the matcher. */
export type MergeState = 'applied' | 'suggested' | 'undone'

export interface MergeDecision extends AppliedMerge {
  readonly state: MergeState
  /** From 0 to 1; 1 for an editor. */
  readonly score: number
  /** Out of a closed set: what the matcher went by, or `editor`. */
  readonly reason: string
  /** {@link MATCHER}, or the pseudonym of an editor. */
  readonly decidedBy: string
}

export interface MergeRow extends MergeDecision {
  /** Unix milliseconds. */
  readonly decidedAtMs: number
}

const rowColumns = 'track, into, state, score, reason, decided_by, toUnixTimestamp64Milli(decided_at) AS at_ms'

/** The merges that count, one a track. */
export function readAppliedMerges(store: StoreConnection): Promise<AppliedMerge[]> {
  return store.rows<AppliedMerge>("SELECT track, into FROM charts.merges FINAL WHERE state = 'applied'")
}

/** What holds of every pair that was ever decided on. */
export function readMerges(store: StoreConnection): Promise<MergeRow[]> {
  return readRows(store, `SELECT ${rowColumns} FROM charts.merges FINAL ORDER BY track, into`)
}

/** What holds of the pairs that a track is in, on either side. */
export function readMergesOf(store: StoreConnection, track: string): Promise<MergeRow[]> {
  return readRows(
    store,
    `SELECT ${rowColumns} FROM charts.merges FINAL
     WHERE track = {track:UInt64} OR into = {track:UInt64} ORDER BY score DESC, track, into`,
    { track },
  )
}

/** Every decision on a track, on either side, newest first; at most `limit`. */
export function readHistoryOf(store: StoreConnection, track: string, limit: number): Promise<MergeRow[]> {
  return readRows(
    store,
    `SELECT ${rowColumns} FROM charts.merge_history FINAL
     WHERE track = {track:UInt64} OR into = {track:UInt64} ORDER BY version DESC, state, track, into LIMIT {limit:UInt32}`,
    { track, limit },
  )
}

/** Where a page of suggestions ended. */
export interface SuggestionPlace extends AppliedMerge {
  readonly score: number
}

/** Suggestions that wait, best score first, those after a place. */
export function readSuggestions(
  store: StoreConnection,
  after: SuggestionPlace | undefined,
  limit: number,
): Promise<MergeRow[]> {
  const beyond =
    after === undefined ? '' : 'AND (-score, track, into) > (-{score:Float64}, {track:UInt64}, {into:UInt64})'
  return readRows(
    store,
    `SELECT ${rowColumns} FROM charts.merges FINAL WHERE state = 'suggested' ${beyond}
     ORDER BY score DESC, track, into LIMIT {limit:UInt32}`,
    { limit, ...after },
  )
}

/**
 * Writes one decision; see {@link decideAll}. Answers what was written: nothing where it holds already, two where a
 * merge of the track into another one was undone by it.
 */
export async function decide(
  store: StoreConnection,
  decision: MergeDecision,
  clock: () => number,
): Promise<readonly MergeDecision[]> {
  const before = await readMergesOf(store, decision.track)
  const same = before.find(({ track, into }) => track === decision.track && into === decision.into)
  const isKnown = same?.state === decision.state && (same.decidedBy === MATCHER) === (decision.decidedBy === MATCHER)
  if (isKnown) return []
  const { score, reason, decidedBy } = decision
  const replaced = before.filter(
    ({ track, into, state }) =>
      decision.state === 'applied' && state === 'applied' && track === decision.track && into !== decision.into,
  )
  const undone = replaced.map(
    ({ track, into }) => ({ track, into, state: 'undone', score, reason, decidedBy }) as const,
  )
  await decideAll(store, [...undone, decision], clock)
  return [...undone, decision]
}

/**
 * Writes decisions, all or none, and marks the weeks that they change. The caller sees to it that none is there already
 * and that no track is merged into two.
 */
export async function decideAll(
  store: StoreConnection,
  decisions: readonly MergeDecision[],
  clock: () => number,
): Promise<void> {
  if (decisions.length === 0) return
  const nowMs = clock()
  const [newest] = await store.rows<{ version: string }>('SELECT max(version) AS version FROM charts.merges')
  const following = BigInt(newest?.version ?? 0) + 1n
  const version = following > BigInt(nowMs) ? following.toString() : String(nowMs)
  const lines = encode(
    decisions.map(({ decidedBy, ...decision }) => ({
      ...decision,
      decided_by: decidedBy,
      decided_at: new Date(nowMs).toISOString(),
      version,
    })),
  )
  // A suggestion, and its rejection, are in no chart.
  const weeks = await weeksOf(store, await tracksChanged(store, decisions))
  const marks = encode(
    weeks.map((week) => ({
      week,
      contributor: 0,
      taken_back: 0,
      merged: 1,
      changed_at: new Date(nowMs).toISOString(),
    })),
  )
  // Marks on both sides of the rows: a build that falls between may take those before, and a crash keep those after away.
  if (marks.length > 0) await store.insert({ table: 'charts.changes', lines: marks })
  await store.insert({ table: 'charts.merge_history', lines })
  await store.insert({ table: 'charts.merges', lines })
  if (marks.length > 0) await store.insert({ table: 'charts.changes', lines: marks })
}

/** The tracks that are counted as others after the decisions than before them, and what they are counted as. */
async function tracksChanged(store: StoreConnection, decisions: readonly MergeDecision[]): Promise<string[]> {
  const before = await readAppliedMerges(store)
  const pairs = new Map(before.map((merge) => [`${merge.track} ${merge.into}`, merge]))
  const moved: AppliedMerge[] = []
  for (const { track, into, state } of decisions) {
    const pair = `${track} ${into}`
    if (pairs.has(pair) === (state === 'applied')) continue
    moved.push({ track, into })
    if (state === 'applied') pairs.set(pair, { track, into })
    else pairs.delete(pair)
  }
  const changed = new Set(moved.flatMap(({ track, into }) => [track, into]))
  for (const canonical of [resolveMerges(before), resolveMerges([...pairs.values()])]) {
    const groups = new Set([...changed].map((track) => canonical.get(track)))
    for (const [track, group] of canonical) if (groups.has(group)) changed.add(track)
  }
  return [...changed]
}

async function weeksOf(store: StoreConnection, tracks: readonly string[]): Promise<number[]> {
  if (tracks.length === 0) return []
  const rows = await store.rows<{ week: number }>(
    `SELECT DISTINCT week FROM charts.contributions ARRAY JOIN plays.track AS played
     WHERE is_deleted = 0 AND played IN (SELECT toUInt64(arrayJoin({tracks:Array(String)}))) ORDER BY week`,
    { tracks },
  )
  return rows.map(({ week }) => week)
}

async function readRows(store: StoreConnection, sql: string, params?: Record<string, unknown>): Promise<MergeRow[]> {
  const rows = await store.rows<Omit<MergeRow, 'decidedBy' | 'decidedAtMs'> & { decided_by: string; at_ms: string }>(
    sql,
    params,
  )
  return rows.map(({ decided_by: decidedBy, at_ms: atMs, ...row }) => ({
    ...row,
    decidedBy,
    decidedAtMs: Number(atMs),
  }))
}

function encode(rows: readonly object[]): Buffer {
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}
