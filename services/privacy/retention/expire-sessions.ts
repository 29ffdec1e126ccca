/**
 * Deletes the sessions that were last received long enough ago, whole and in all versions, with all that is derived from
 * them. Counted by the log's clock: what a client says of times plays no part.
 *
 * No chart is rebuilt for it. The weeks that lose contributions are frozen instead, before anything is deleted, so that no
 * build makes a chart of what happens to be left.
 * @module
 */
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { type JobTurns, runAlone } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { periodsTouchingWeek } from '#rules/periods.ts'
import { freezeWeeks, readWaitingTakeBacks } from './frozen-weeks.ts'

export interface ExpireOptions {
  readonly store: StoreConnection
  readonly pseudonyms: Pick<Pseudonyms, 'contributor' | 'contributionSession'>
  readonly turns: JobTurns
  /** Sessions that were last received before this go, Unix milliseconds. */
  readonly beforeMs: number
  readonly nowMs: number
  readonly sessionsPerPortion?: number
}

export interface ExpireResult {
  readonly sessions: number
  /** Left to the next run: a take-back waits in a chart that they are part of, and goes out of it first. */
  readonly postponed: number
}

/** Sessions that are deleted by the same statements, while no batch and no build goes on. */
const SESSIONS_PER_PORTION = 1000

interface SessionRow {
  owner: string
  session_key: string
}

/** Rejects where the store fails; what is left is the next run's. After the signal the portion in hand is done. */
export async function expireSessions(options: ExpireOptions, signal: AbortSignal): Promise<ExpireResult> {
  const { sessionsPerPortion = SESSIONS_PER_PORTION } = options
  let after: SessionRow = { owner: '', session_key: '' }
  let [sessions, postponed] = [0, 0]
  while (!signal.aborted) {
    const portion = await readOldSessions(options, after, sessionsPerPortion)
    const last = portion.at(-1)
    if (last === undefined) break
    after = last
    const done = await runAlone(options.turns, () => expirePortion(options, portion))
    sessions += done.sessions
    postponed += done.postponed
  }
  return { sessions, postponed }
}

/** The newest version of each session decides: one that was sent again lives on. */
function readOldSessions({ store, beforeMs }: ExpireOptions, after: SessionRow, limit: number): Promise<SessionRow[]> {
  return store.rows<SessionRow>(
    `SELECT owner, session_key FROM playlists.sessions FINAL
     WHERE (owner, session_key) > ({owner:String}, {key:String}) AND received_at < fromUnixTimestamp64Milli({before:Int64})
     ORDER BY owner, session_key LIMIT {limit:UInt32}`,
    { owner: after.owner, key: after.session_key, before: beforeMs, limit },
  )
}

async function expirePortion(options: ExpireOptions, portion: readonly SessionRow[]): Promise<ExpireResult> {
  const { store, pseudonyms, beforeMs, nowMs } = options
  // First, so that of a session that comes again from now on nothing is deleted.
  const versions = await readVersions(store, portion)
  const old = await stillOld(options, portion)
  const named = old.map((row) => ({
    row,
    version: BigInt(versions.get(row.session_key) ?? 0),
    contributor: pseudonyms.contributor(row.owner),
    session: pseudonyms.contributionSession(row.session_key),
  }))
  const contributed = {
    contributors: [...new Set(named.map(({ contributor }) => BigInt(contributor)))],
    sessions: named.map(({ session }) => BigInt(session)),
  }
  const ofContributions = 'contributor IN {contributors:Array(UInt64)} AND session IN {sessions:Array(UInt64)}'
  const weeks = await readWeeks(store, ofContributions, contributed)
  const waiting = await readWaitingTakeBacks(store, pseudonyms)
  // A take-back that no build has seen yet would be lost with the freeze, so even that waits.
  const unseen = named.filter(({ session }) => touches(weeks.get(session), waiting.unseen))
  const seen = named.filter((one) => !unseen.includes(one))
  await freezeWeeks(store, new Set(seen.flatMap(({ session }) => [...(weeks.get(session) ?? [])])), nowMs)
  const due = seen.filter(({ session }) => !touches(weeks.get(session), waiting.pending))
  const result = { sessions: due.length, postponed: named.length - due.length }
  if (due.length === 0) return result

  await store.run(`DELETE FROM charts.contributions WHERE ${ofContributions} AND ${known('session', 'sessions')}`, {
    contributors: [...new Set(due.map(({ contributor }) => BigInt(contributor)))],
    sessions: due.map(({ session }) => BigInt(session)),
    versions: due.map(({ version }) => version),
  })
  const params = {
    owners: [...new Set(due.map(({ row }) => row.owner))],
    keys: due.map(({ row }) => row.session_key),
    versions: due.map(({ version }) => version),
    before: beforeMs,
  }
  const ofKnown = `${ofSessions} AND ${known('session_key', 'keys', 'String')}`
  await store.run(`DELETE FROM playlists.public_sessions WHERE ${ofKnown}`, params)
  await store.run(`DELETE FROM playlists.session_choices WHERE ${ofKnown}`, params)
  // The session last: while its row is there, a run after a crash finds the rest again. A version that came meanwhile,
  // from a process that does not share the turns, stays.
  await store.run(
    `DELETE FROM playlists.sessions WHERE ${ofSessions} AND received_at < fromUnixTimestamp64Milli({before:Int64})`,
    params,
  )
  return result
}

const ofSessions = 'owner IN {owners:Array(String)} AND session_key IN {keys:Array(String)}'

/** Rows no newer than what was known of their session: ingest may be another process, in the middle of a batch. */
function known(column: string, names: string, type = 'UInt64'): string {
  return `version <= transform(${column}, {${names}:Array(${type})}, {versions:Array(UInt64)}, toUInt64(0))`
}

/**
 * For each session the version of the newest event that is wholly stored of it: its own, of a choice for it, or of its DJ's
 * profile. What is newer among its rows is of a batch under way.
 */
async function readVersions(
  store: StoreConnection,
  portion: readonly SessionRow[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await store.rows<{ session_key: string; version: string }>(
    `SELECT session_key, toString(max(version)) AS version FROM (
       SELECT session_key, version FROM playlists.sessions WHERE ${ofSessions}
       UNION ALL SELECT session_key, version FROM playlists.session_choices WHERE ${ofSessions}
       UNION ALL SELECT session_key, members.version FROM playlists.sessions
         INNER JOIN playlists.profile_members AS members USING (owner) WHERE ${ofSessions})
     GROUP BY session_key`,
    { owners: [...new Set(portion.map(({ owner }) => owner))], keys: portion.map(({ session_key: key }) => key) },
  )
  return new Map(rows.map((row) => [row.session_key, row.version]))
}

/** Those that no batch has replaced or deleted since they were found. */
function stillOld({ store, beforeMs }: ExpireOptions, portion: readonly SessionRow[]): Promise<SessionRow[]> {
  return store.rows<SessionRow>(
    `SELECT owner, session_key FROM playlists.sessions FINAL
     WHERE owner IN {owners:Array(String)} AND session_key IN {keys:Array(String)}
       AND received_at < fromUnixTimestamp64Milli({before:Int64})`,
    {
      owners: [...new Set(portion.map(({ owner }) => owner))],
      keys: portion.map(({ session_key: key }) => key),
      before: beforeMs,
    },
  )
}

/** The weeks in which sessions count, by the session's pseudonym. */
async function readWeeks(
  store: StoreConnection,
  condition: string,
  params: Record<string, unknown>,
): Promise<Map<string, number[]>> {
  const rows = await store.rows<{ session: string; weeks: number[] }>(
    `SELECT session, groupUniqArray(week) AS weeks FROM charts.contributions FINAL WHERE ${condition} GROUP BY session`,
    params,
  )
  return new Map(rows.map(({ session, weeks }) => [session, weeks]))
}

function touches(weeks: readonly number[] | undefined, periods: ReadonlySet<string>): boolean {
  return (weeks ?? []).some((week) => periodsTouchingWeek(week).some(({ name }) => periods.has(name)))
}
