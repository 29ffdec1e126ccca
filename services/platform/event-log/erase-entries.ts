import type { Database } from 'lmdb'
import { TonearmError } from '../errors/tonearm-error.ts'
import { decodeEntry } from './entry-codec.ts'
import type { GroupCommit } from './group-commit.ts'
import { readEntries } from './read-entries.ts'

/** Small steps, as in trimming: appends must not wait for them. */
const STEP = { recordsMax: 500, bytesMax: 4 * 1024 * 1024 }

export interface EraseEntriesOptions {
  readonly database: Database<Buffer, number>
  readonly commits: GroupCommit
  /** For each owner, the offset before which its entries go. */
  readonly offsets: ReadonlyMap<string, number>
  /** Whether the log still takes writes. */
  readonly isOpen: () => boolean
  /** Texts in an entry; the first one is the owner. */
  readonly textCount: number
}

/** Removes the entries of owners, in steps; resolves with their number. Their bytes stay until the files are compacted. */
export async function eraseEntries(options: EraseEntriesOptions): Promise<number> {
  const { database, commits, offsets, isOpen, textCount } = options
  const until = Math.max(0, ...offsets.values())
  let removed = 0
  for (let from = 0; from < until; ) {
    if (!isOpen()) throw new TonearmError('log-unavailable', 'The event log is closed')
    const entries = readEntries(database, from, STEP)
    const last = entries.at(-1)
    if (last === undefined) break
    const erased = entries.flatMap(({ offset, bytes }) => {
      const [owner = ''] = decodeEntry(bytes, textCount).texts
      return offset < (offsets.get(owner) ?? 0) ? [offset] : []
    })
    if (erased.length > 0) {
      await commits.commit(0, () => {
        for (const offset of erased) database.remove(offset)
      })
      removed += erased.length
    }
    from = last.offset + 1
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return removed
}
