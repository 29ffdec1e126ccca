/**
 * A DJ's own sessions, as they hold: what was uploaded, under what the DJ chose by hand, with what became of each play.
 * @module
 */
import { HttpProblem } from '#platform/http/problem.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { chosenByHand, readSessionFlags, type SessionFlag, type Versioned } from '#platform/store/owner-rows.ts'
import { readSessionFrames, readSessions, type StoredSession } from '#platform/store/session-rows.ts'
import { readSql } from '#platform/store/sql-file.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { judgePlays } from '#rules/counting.ts'
import { effectiveChoices } from '#rules/session-choices.ts'
import type { OwnSession, OwnSessionSummary, Session } from '#schemas/records/session.ts'
import type { OwnTrackPlay, TrackPlay } from '#schemas/records/track-play.ts'
import { readProfile } from './change-profile.ts'
import { encodeSessionCursor, type SessionPlace } from './session-cursor.ts'

const findSessionsSql = readSql(new URL('./find-sessions.sql', import.meta.url))

export interface OwnSessionsDependencies {
  readonly store: StoreConnection
  readonly pseudonyms: Pseudonyms
}

/** What the DJ chose for a session by hand. */
type Flags = ReadonlyMap<SessionFlag, Versioned> | undefined
type OwnFrame = Omit<OwnSessionSummary, 'trackCount'>

/** The owner's sessions that are there. A tombstone hides a session also where its row has not gone yet. */
export const ownSessions = `owner = {owner:String} AND session_key NOT IN (
  SELECT session_key FROM playlists.session_choices FINAL
  WHERE owner = {owner:String} AND flag = 'deleted' AND value = 'true')`

export interface SessionsAsked {
  readonly limit: number
  /** The place that the page before ended at. */
  readonly after: SessionPlace | undefined
  /** All of them have to stand in the name, or in artist and title of a track, in whichever case and with any accents. */
  readonly words?: string | undefined
}

/** A page of sessions, newest start first, at most `limit` long. */
export async function listOwnSessions(
  owner: string,
  { limit, after, words }: SessionsAsked,
  { store, pseudonyms }: OwnSessionsDependencies,
): Promise<{ sessions: OwnSessionSummary[]; next?: string }> {
  const beyond =
    after === undefined
      ? ''
      : "AND (started_at, session_key) < (fromUnixTimestamp64Milli({startedAtMs:Int64}, 'UTC'), {key:String})"
  const having = words === undefined ? '' : `AND ${findSessionsSql}`
  const found = await readSessionFrames(
    store,
    `${ownSessions} ${having} ${beyond} ORDER BY started_at DESC, session_key DESC LIMIT {rows:UInt32}`,
    { owner, rows: limit + 1, ...after, ...(words === undefined ? {} : { words }) },
  )
  const page = found.slice(0, limit)
  const flags = await readFlags(
    store,
    owner,
    page.map(({ key }) => key),
  )
  const sessions = page.map(({ frame, key, receivedAtMs, trackCount }) => ({
    ...toOwnFrame(frame, key, receivedAtMs, flags.get(key), pseudonyms),
    trackCount,
  }))
  const last = page.at(-1)
  if (found.length <= limit || last === undefined) return { sessions }
  const next = encodeSessionCursor({ startedAtMs: Date.parse(last.frame.startedAt), key: last.key })
  return { sessions, next }
}

/** The session that a path names, by its key or, where it is unique, its id. Throws `not-found` and `ambiguous-id`. */
export async function readOwnSession(
  owner: string,
  ref: string,
  { store, pseudonyms }: OwnSessionsDependencies,
): Promise<OwnSession> {
  // A key goes before an id that looks like one; two rows are enough to know that an id is ambiguous.
  const [stored, second] = await readSessions(
    store,
    `${ownSessions} AND (session_key = {ref:String} OR session_id = {ref:String})
     ORDER BY session_key = {ref:String} DESC LIMIT 2`,
    { owner, ref },
  )
  if (stored === undefined) throw new HttpProblem('not-found')
  if (stored.key !== ref && second !== undefined) throw new HttpProblem('ambiguous-id')
  const flags = (await readFlags(store, owner, [stored.key])).get(stored.key)
  const { choices } = await readProfile(store, owner)
  return toOwnSession(stored, { flags, accountContributes: choices.charts, pseudonyms })
}

/** A session as its DJ sees it. */
export function toOwnSession(
  { key, receivedAtMs, session }: StoredSession,
  options: { readonly flags: Flags; readonly accountContributes: boolean; readonly pseudonyms: Pseudonyms },
): OwnSession {
  const { flags, accountContributes, pseudonyms } = options
  const { tracks, ...frame } = session
  const ownFrame = toOwnFrame(frame, key, receivedAtMs, flags, pseudonyms)
  const { contributeToCharts: sessionContributes } = ownFrame
  return { ...ownFrame, tracks: judge(tracks, { receivedAtMs, accountContributes, sessionContributes }) }
}

function toOwnFrame(
  { name: saidName, ...frame }: Omit<Session, 'tracks'>,
  key: string,
  receivedAtMs: number,
  flags: Flags,
  pseudonyms: Pseudonyms,
): OwnFrame {
  const said = { name: saidName, visibility: frame.visibility, contributeToCharts: frame.contributeToCharts }
  const { name, visibility, contributeToCharts } = effectiveChoices(said, chosenByHand(flags))
  return {
    key,
    ...frame,
    ...(name === undefined ? {} : { name }),
    visibility,
    contributeToCharts,
    receivedAt: new Date(receivedAtMs).toISOString(),
    ...(visibility === 'public' ? { publicId: pseudonyms.publicId(key) } : {}),
  }
}

function judge(tracks: readonly TrackPlay[], options: Parameters<typeof judgePlays>[1]): OwnTrackPlay[] {
  const plays = tracks.map(({ played, playedSeconds, startedAt, tags }) => ({
    played,
    playedSeconds,
    startedAtMs: Date.parse(startedAt),
    tags,
  }))
  const judgements = judgePlays(plays, options)
  return tracks.map((track, index) => {
    const { trackId, whyNot } = judgements[index] ?? {}
    return {
      ...track,
      ...(trackId === undefined ? {} : { trackId }),
      counted: whyNot === undefined,
      ...(whyNot === undefined ? {} : { whyNot }),
    }
  })
}

/** What the DJ chose for these sessions by hand. */
export function readFlags(store: StoreConnection, owner: string, keys: readonly string[]) {
  return readSessionFlags(store, 'owner = {owner:String} AND session_key IN {keys:Array(String)}', { owner, keys })
}
