/**
 * Which entry of the history databases at hand is a session's: its number starts anew on each computer, and the database that
 * was given may be another computer's.
 * @module
 */
import type { HistoryEntry } from './history-database.ts'

/** What a history database says, by the number of the session. */
export type SeratoHistory = ReadonlyMap<number, HistoryEntry>

/** The session must have begun at the time that the entry says, more or less. */
const START_TOLERANCE_SECONDS = 24 * 3600

/** The first entry of this number that fits; times are Unix seconds. */
export function findHistoryEntry(
  histories: readonly SeratoHistory[],
  sessionId: number,
  startedAtSeconds: number | undefined,
): HistoryEntry | undefined {
  return histories.map((history) => history.get(sessionId)).find((entry) => isSameSession(entry, startedAtSeconds))
}

function isSameSession(entry: HistoryEntry | undefined, startedAtSeconds: number | undefined): boolean {
  if (entry === undefined) return false
  if (entry.startedAtSeconds === undefined || startedAtSeconds === undefined) return true
  const first = entry.startedAtSeconds - START_TOLERANCE_SECONDS
  const last = Math.max(entry.endedAtSeconds ?? 0, entry.startedAtSeconds) + START_TOLERANCE_SECONDS
  return startedAtSeconds >= first && startedAtSeconds <= last
}
