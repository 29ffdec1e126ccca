/**
 * A Serato session file as the session that is uploaded.
 * @module
 */
import { TRACKS_PER_SESSION_MAX } from '#schemas/records/limits.ts'
import type { SessionUpload } from '#schemas/records/session.ts'
import type { TrackPlayUpload } from '#schemas/records/track-play.ts'
import type { HistoryEntry } from './history-database.ts'
import { onlyKnown } from './only-known.ts'
import type { SeratoPlay } from './read-play.ts'
import type { SeratoSession } from './session-file.ts'

export type NoUploadReason = 'not-a-serato-file' | 'no-plays' | 'no-start-time' | 'too-many-tracks'

export type UploadOutcome =
  | { readonly kind: 'session'; readonly upload: SessionUpload; readonly fileHistoryId: string }
  | { readonly kind: 'none'; readonly reason: NoUploadReason }

/**
 * @param fileName last part of the file's name: where the records name no session, its number does
 * @param historyOf what `history.database` says of a session, if there is one
 */
export async function toSessionUpload(
  session: SeratoSession,
  fileName: string,
  historyOf: (sessionId: number, startedAtSeconds: number | undefined) => HistoryEntry | undefined,
): Promise<UploadOutcome> {
  const { plays, identity } = session
  if (!session.isSession) return { kind: 'none', reason: 'not-a-serato-file' }
  if (plays.length === 0 || identity === undefined) return { kind: 'none', reason: 'no-plays' }
  if (plays.length > TRACKS_PER_SESSION_MAX) return { kind: 'none', reason: 'too-many-tracks' }

  const sessionId = commonSessionIdOf(plays) ?? numberIn(fileName)
  const firstStart = extremeOf(Math.min, plays, 'startedAtSeconds')
  const history = sessionId === undefined ? undefined : historyOf(sessionId, firstStart)
  const startedAt = firstStart ?? history?.startedAtSeconds
  if (startedAt === undefined) return { kind: 'none', reason: 'no-start-time' }
  const endedAt = extremeOf(Math.max, plays, 'endedAtSeconds') ?? history?.endedAtSeconds

  const fileHistoryId = await historyIdOf(identity)
  const upload: SessionUpload = onlyKnown({
    id: sessionId === undefined ? fileHistoryId : String(sessionId),
    historyId: history?.uuid ?? fileHistoryId,
    software: onlyKnown({ name: history?.softwareName ?? 'Serato DJ', version: history?.softwareVersion }),
    name: history?.name,
    startedAt: rfc3339(startedAt),
    endedAt: endedAt === undefined || endedAt < startedAt ? undefined : rfc3339(endedAt),
    editedAt: rfc3339(extremeOf(Math.max, plays, 'updatedAtSeconds')),
    tracks: plays.map(toTrackPlay),
  })
  return { kind: 'session', upload, fileHistoryId }
}

function toTrackPlay(play: SeratoPlay): TrackPlayUpload {
  return onlyKnown({
    id: String(play.row),
    deck: play.deck,
    played: play.played,
    startedAt: rfc3339(play.startedAtSeconds),
    endedAt: rfc3339(play.endedAtSeconds),
    playedSeconds: play.playedSeconds,
    editedAt: rfc3339(play.updatedAtSeconds),
    tags: play.tags,
  })
}

/** Without a history database the file itself is its history: 16 bytes of a hash of its first record, in hex. */
async function historyIdOf(identity: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', identity))
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** All rows of a file name the same session; where damage made one differ, the others outvote it. */
function commonSessionIdOf(plays: readonly SeratoPlay[]): number | undefined {
  const counts = new Map<number, number>()
  for (const { sessionId } of plays)
    if (sessionId !== undefined) counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** `86.session` is session 86. */
function numberIn(fileName: string): number | undefined {
  const digits = /(\d{1,10})\.session$/i.exec(fileName)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function extremeOf(
  pick: (a: number, b: number) => number,
  plays: readonly SeratoPlay[],
  name: 'startedAtSeconds' | 'endedAtSeconds' | 'updatedAtSeconds',
): number | undefined {
  return plays.reduce<number | undefined>((extreme, play) => {
    const value = play[name]
    return value === undefined ? extreme : extreme === undefined ? value : pick(extreme, value)
  }, undefined)
}

function rfc3339(unixSeconds: number): string
function rfc3339(unixSeconds: number | undefined): string | undefined
function rfc3339(unixSeconds: number | undefined): string | undefined {
  return unixSeconds === undefined ? undefined : new Date(unixSeconds * 1000).toISOString()
}
