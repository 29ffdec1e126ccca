/**
 * Gathers sessions into requests well below the server's limits, and hands each to the server when it is full.
 * @module
 */
import type { SessionUpload } from '#schemas/records/session.ts'
import { CallFailed, type ServerClient, type UploadAnswer } from './server-client.ts'

/** A request that fails costs little to send again, and a server under load takes small ones sooner. */
const BATCH_SESSIONS_MAX = 50
const BATCH_BYTES_MAX = 4 * 1024 * 1024

export interface QueuedSession {
  readonly path: string
  readonly upload: SessionUpload
}

export interface UploadQueueDependencies {
  readonly client: Pick<ServerClient, 'uploadSessions'>
  readonly onSent: (session: QueuedSession) => void
  readonly onRefused: (session: QueuedSession, code: string, detail: string) => void
  /** Values that the server left out. */
  readonly onWarnings: (count: number) => void
}

/** `add` and `flush` reject with {@link CallFailed} where going on makes no sense; what was gathered is told as refused. */
export function createUploadQueue({ client, onSent, onRefused, onWarnings }: UploadQueueDependencies) {
  let batch: { readonly session: QueuedSession; readonly json: string }[] = []
  let bytes = 0

  /** Where it rejects, the session was not taken. */
  async function add(session: QueuedSession): Promise<void> {
    const json = JSON.stringify(session.upload)
    const size = Buffer.byteLength(json)
    if (batch.length === BATCH_SESSIONS_MAX || bytes + size > BATCH_BYTES_MAX) await flush()
    batch.push({ session, json })
    bytes += size
  }

  async function flush(): Promise<void> {
    const parts = [batch]
    batch = []
    bytes = 0
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      if (part.length === 0) continue
      try {
        settle(part, await client.uploadSessions(`{"sessions":[${part.map(({ json }) => json).join(',')}]}`))
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
        if (error.status === 413 && part.length > 1) {
          // The server's limits are lower than ours.
          const half = Math.ceil(part.length / 2)
          parts.unshift(part.slice(0, half), part.slice(half))
          continue
        }
        const isAboutThese = error.status === 413 || error.status === 400
        for (const { session } of isAboutThese ? part : [part, ...parts].flat()) {
          onRefused(session, error.code, error.message)
        }
        if (!isAboutThese) throw error
      }
    }
  }

  function settle(sending: readonly { readonly session: QueuedSession }[], answer: UploadAnswer): void {
    const rejections = new Map(answer.rejected.map((rejection) => [rejection.index, rejection]))
    const accepted = new Set(answer.accepted?.map(({ id }) => id))
    sending.forEach(({ session }, index) => {
      const rejection = rejections.get(index)
      if (rejection !== undefined) onRefused(session, rejection.code, rejection.detail)
      else if (accepted.has(session.upload.id)) onSent(session)
      else onRefused(session, 'unexpected-answer', 'the server did not say what became of it')
    })
    onWarnings(answer.accepted?.reduce((sum, { warnings }) => sum + (warnings?.length ?? 0), 0) ?? 0)
  }

  return { add, flush }
}
