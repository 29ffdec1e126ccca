/**
 * Reads history files one after the other and uploads what is new, in requests of some sessions each. Paths and comments end
 * in the reader: what it makes of a file does not have them.
 * @module
 */
import { createKnownSessions } from '#rules/known-sessions.ts'
import { findHistoryEntry, type SeratoHistory } from '#rules/serato/find-history-entry.ts'
import { readSeratoHistory } from '#rules/serato/history-database.ts'
import { readSeratoSession } from '#rules/serato/session-file.ts'
import { type NoUploadReason, toSessionUpload } from '#rules/serato/to-session-upload.ts'
import type { SessionUpload } from '#schemas/records/session.ts'
import type { HistoryFiles } from './dropped-files.ts'
import type { createUploadClient } from './upload-client.ts'

/** The largest real session file has 0.7 MB; what is longer than this is something else. */
const FILE_BYTES_MAX = 32 * 1024 * 1024
const BATCH_SESSIONS_MAX = 50
const BATCH_CHARACTERS_MAX = 4 * 1024 * 1024

export type FileResult =
  | { readonly kind: 'sent'; readonly tracks: number; readonly isDamaged: boolean }
  | { readonly kind: 'skipped'; readonly reason: 'unchanged' | 'older-copy' | 'no-plays' }
  | {
      readonly kind: 'unusable'
      readonly reason: Exclude<NoUploadReason, 'no-plays'> | 'file-too-large' | 'unreadable-file'
    }
  | { readonly kind: 'refused'; readonly detail: string }

interface Pending {
  readonly file: File
  readonly upload: SessionUpload
  readonly isDamaged: boolean
}

/** Tells of each file what became of it. Rejects with `UploadStopped`. */
export async function uploadFiles(
  { sessions, databases }: HistoryFiles,
  options: {
    readonly client: ReturnType<typeof createUploadClient>
    readonly makesPublic: boolean
    readonly onFile: (file: File, result: FileResult) => void
  },
): Promise<void> {
  const { client, makesPublic, onFile } = options
  const known = createKnownSessions()
  for await (const session of client.listSessions()) known.remember(session)
  const histories = await Promise.all(databases.map(readHistory))
  let batch: Pending[] = []
  let characters = 0

  for (const file of sessions) {
    const outcome = await readFile(file, histories)
    if ('kind' in outcome) {
      onFile(file, outcome)
      continue
    }
    const plan = known.plan(outcome.upload, outcome.fileHistoryId, makesPublic)
    if (plan.kind === 'skip') {
      onFile(file, { kind: 'skipped', reason: plan.reason })
      continue
    }
    known.rememberSent(plan.upload)
    const size = JSON.stringify(plan.upload).length
    if (batch.length === BATCH_SESSIONS_MAX || characters + size > BATCH_CHARACTERS_MAX) await flush()
    batch.push({ file, upload: plan.upload, isDamaged: outcome.isDamaged })
    characters += size
  }
  await flush()

  async function flush(): Promise<void> {
    const sending = batch
    batch = []
    characters = 0
    if (sending.length === 0) return
    const { rejected } = await client.upload(sending.map(({ upload }) => upload))
    const refusals = new Map(rejected.map(({ index, detail }) => [index, detail]))
    sending.forEach(({ file, upload, isDamaged }, index) => {
      const detail = refusals.get(index)
      onFile(
        file,
        detail === undefined ? { kind: 'sent', tracks: upload.tracks.length, isDamaged } : { kind: 'refused', detail },
      )
    })
  }
}

async function readHistory(file: File): Promise<SeratoHistory> {
  const bytes = await bytesOf(file)
  return typeof bytes === 'string' ? new Map() : readSeratoHistory(bytes).entries
}

async function readFile(file: File, histories: readonly SeratoHistory[]) {
  const bytes = await bytesOf(file)
  if (typeof bytes === 'string') return { kind: 'unusable', reason: bytes } as const
  const session = readSeratoSession(bytes)
  const outcome = await toSessionUpload(session, file.name, (id, startedAtSeconds) =>
    findHistoryEntry(histories, id, startedAtSeconds),
  )
  if (outcome.kind === 'session') {
    const isDamaged = session.problems.some(({ kind }) => kind === 'damage')
    return { upload: outcome.upload, fileHistoryId: outcome.fileHistoryId, isDamaged }
  }
  const { reason } = outcome
  return reason === 'no-plays' ? ({ kind: 'skipped', reason } as const) : ({ kind: 'unusable', reason } as const)
}

async function bytesOf(file: File): Promise<Uint8Array | 'file-too-large' | 'unreadable-file'> {
  if (file.size > FILE_BYTES_MAX) return 'file-too-large'
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return 'unreadable-file'
  }
}
