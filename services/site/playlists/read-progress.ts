/**
 * Whether a public session is still going on.
 *
 * DJ software sends a session again and again while it is played, and says `endedAt` when it is over, or never. So a session
 * goes on while all of these hold: it has no end, or one that is still to come; its newest track began within the last half
 * hour, which is longer than tracks are; and it was received within that time, which leaves out a history that is uploaded
 * years later. A set with a break that is longer begins to grow again with its next track.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'

/** A session that nothing was heard of for so long is over, milliseconds. */
const QUIET_MS_MAX = 30 * 60_000
/** Clocks of DJs' computers that are fast by so much are believed, milliseconds (as when plays are counted). */
const CLOCK_AHEAD_MS_MAX = 10 * 60_000

/** Unix milliseconds, all of them. */
export interface Progress {
  readonly receivedAtMs: number
  readonly endedAtMs: number | undefined
  readonly newestTrackAtMs: number
}

/** `undefined` where the id leads nowhere. It does not ask whether its DJ has closed it: {@link readPlaylist} does. */
export async function readProgress(store: StoreConnection, publicId: string): Promise<Progress | undefined> {
  const [row] = await store.rows<{ received_at_ms: string; ended_at_ms: string | null; newest_track_at_ms: string }>(
    'SELECT * FROM public_playlists.progress(public_id = {publicId:String})',
    { publicId },
  )
  if (row === undefined) return undefined
  return {
    receivedAtMs: Number(row.received_at_ms),
    endedAtMs: row.ended_at_ms === null ? undefined : Number(row.ended_at_ms),
    newestTrackAtMs: Number(row.newest_track_at_ms),
  }
}

export function isGoingOn({ receivedAtMs, endedAtMs, newestTrackAtMs }: Progress, nowMs: number): boolean {
  if (endedAtMs !== undefined && endedAtMs <= nowMs) return false
  const isRecent = (timeMs: number) => timeMs > nowMs - QUIET_MS_MAX && timeMs < nowMs + CLOCK_AHEAD_MS_MAX
  return isRecent(receivedAtMs) && isRecent(newestTrackAtMs)
}
