/**
 * Reads one file after the other into sessions: never more than one file is held.
 * @module
 */
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { findHistoryEntry, type SeratoHistory } from '#rules/serato/find-history-entry.ts'
import { readSeratoHistory } from '#rules/serato/history-database.ts'
import type { ReadProblem } from '#rules/serato/read-problem.ts'
import { readSeratoSession } from '#rules/serato/session-file.ts'
import { type NoUploadReason, toSessionUpload } from '#rules/serato/to-session-upload.ts'
import type { SessionUpload } from '#schemas/records/session.ts'

/** The largest real session file has 0.7 MB; what is longer than this is something else. */
const FILE_BYTES_MAX = 32 * 1024 * 1024

export type FileReason = NoUploadReason | 'unreadable-file' | 'file-too-large'

/** What became of one file. */
export type FileOutcome = {
  readonly path: string
  readonly problems: readonly ReadProblem[]
} & (
  | { readonly kind: 'session'; readonly upload: SessionUpload; readonly fileHistoryId: string }
  | { readonly kind: 'none'; readonly reason: FileReason }
)

export type FileReader = ReturnType<typeof createFileReader>

/** @param given history databases that were named; those beside the sessions are found without */
export function createFileReader(given: readonly string[]) {
  const histories = new Map<string, Promise<SeratoHistory>>()

  const historyAt = (path: string): Promise<SeratoHistory> => {
    const known = histories.get(path)
    if (known !== undefined) return known
    const read = readBytes(path).then((bytes) =>
      typeof bytes === 'string' ? new Map() : readSeratoHistory(bytes).entries,
    )
    histories.set(path, read)
    return read
  }

  async function readSession(path: string): Promise<FileOutcome> {
    const bytes = await readBytes(path)
    if (typeof bytes === 'string') return { path, problems: [], kind: 'none', reason: bytes }
    const found = await Promise.all([...placesBeside(path), ...given].map(historyAt))
    const session = readSeratoSession(bytes)
    const outcome = await toSessionUpload(session, basename(path), (id, startedAtSeconds) =>
      findHistoryEntry(found, id, startedAtSeconds),
    )
    const isForeign = outcome.kind === 'none' && outcome.reason === 'not-a-serato-file'
    return { path, problems: isForeign ? [] : session.problems, ...outcome }
  }

  /** A history database by itself is no session: it is only told whether it can be read. */
  async function checkHistory(path: string): Promise<{ reason?: FileReason; problems: readonly ReadProblem[] }> {
    const bytes = await readBytes(path)
    if (typeof bytes === 'string') return { reason: bytes, problems: [] }
    const { isHistory, problems } = readSeratoHistory(bytes)
    return isHistory ? { problems } : { reason: 'not-a-serato-file', problems: [] }
  }

  return { readSession, checkHistory }
}

/** Serato keeps `History/history.database` and `History/Sessions/*.session`; copies often lie side by side. */
function placesBeside(path: string): readonly string[] {
  const folder = dirname(path)
  const beside = [join(folder, 'history.database')]
  return basename(folder).toLowerCase() === 'sessions' ? [...beside, join(folder, '..', 'history.database')] : beside
}

async function readBytes(path: string): Promise<Uint8Array | 'unreadable-file' | 'file-too-large'> {
  try {
    if ((await stat(path)).size > FILE_BYTES_MAX) return 'file-too-large'
    return await readFile(path)
  } catch {
    return 'unreadable-file'
  }
}
