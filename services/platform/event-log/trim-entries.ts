import type { Database } from 'lmdb'
import { appendedAtMsOf } from './entry-codec.ts'
import type { GroupCommit } from './group-commit.ts'
import { readEntries } from './read-entries.ts'

/** Small steps: each one is read in one go, and shares its transaction with appends that must not wait for it. */
const STEP = { recordsMax: 500, bytesMax: 4 * 1024 * 1024 }

export interface TrimOptions {
  /** Asked for at each step, for the files may be compacted in between. */
  readonly database: () => Database<Buffer, number>
  readonly commits: GroupCommit
  /** Entries older than this go, Unix milliseconds. */
  readonly beforeMs: number
  /** Only entries before this offset go. */
  readonly untilOffset: number
  /** The present, Unix milliseconds. */
  readonly nowMs: number
  /** Whether the log still takes writes. */
  readonly isOpen: () => boolean
}

/**
 * Deletes old entries in steps, resolves with their number.
 *
 * It stops at the first that is to stay, since times grow with offsets, but for a clock that was set back: what lies
 * behind then waits until that first one goes. One with a time in the future does not stop it, or a clock that once ran
 * years ahead would keep everything after it for years.
 */
export async function trimEntries(options: TrimOptions): Promise<number> {
  const { database, commits, beforeMs, untilOffset, nowMs, isOpen } = options
  let removed = 0
  let from = 0
  while (isOpen()) {
    const old: number[] = []
    const entries = readEntries(database(), from, STEP)
    let hasMore = entries.length > 0
    for (const { offset, bytes } of entries) {
      const appendedAtMs = appendedAtMsOf(bytes)
      if (offset >= untilOffset || (appendedAtMs >= beforeMs && appendedAtMs <= nowMs)) {
        hasMore = false
        break
      }
      if (appendedAtMs < beforeMs) old.push(offset)
      from = offset + 1
    }
    if (old.length > 0) {
      await commits.commit(0, () => {
        for (const offset of old) database().remove(offset)
      })
      removed += old.length
    }
    if (!hasMore) break
    if (old.length === 0) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return removed
}
