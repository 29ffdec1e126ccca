/**
 * Sends the demo's DJs and their sessions to the server, some DJs at a time.
 * @module
 */
import type { SessionUpload } from '#schemas/records/session.ts'
import { createCatalogue } from './catalogue.ts'
import type { DemoClient } from './demo-client.ts'
import type { DemoProgress } from './demo-progress.ts'
import { type GeneratedDj, generateDjs } from './generate-djs.ts'
import { generateSessions } from './generate-sessions.ts'

export interface UploadGeneratedOptions {
  readonly client: DemoClient
  readonly progress: DemoProgress
  readonly seed: number
  readonly djs: number
  readonly weeks: number
  /** Sessions end before it. Unix milliseconds. */
  readonly nowMs: number
}

export interface Uploaded {
  readonly djs: number
  readonly sessions: number
  readonly plays: number
}

/**
 * A change of a profile is answered when the store shows it, and each one that waits keeps asking the store: with many
 * at once ingest has less of the processor and all take longer.
 */
const DJS_AT_ONCE = 4
const SESSIONS_A_REQUEST_MAX = 50

export async function uploadGenerated(options: UploadGeneratedOptions): Promise<Uploaded> {
  const { client, progress, seed, djs, weeks, nowMs } = options
  const catalogue = createCatalogue({ seed })
  let done = 0
  let sessions = 0
  let plays = 0
  progress.stage('Upload', djs)
  await forEachAtOnce(DJS_AT_ONCE, generateDjs({ seed, djs }), async (dj) => {
    await client.call(dj.accountId, 'PATCH', '/v1/me/profile', JSON.stringify(dj.profile))
    for (const batch of batches(generateSessions(dj, { catalogue, nowMs, weeks }))) {
      await send(client, dj, batch)
      sessions += batch.length
      plays += batch.reduce((sum, { tracks }) => sum + tracks.length, 0)
    }
    done += 1
    progress.update(done)
  })
  return { djs, sessions, plays }
}

async function send(client: DemoClient, dj: GeneratedDj, sessions: readonly SessionUpload[]): Promise<void> {
  await client.call(dj.accountId, 'POST', '/v1/sessions', JSON.stringify({ sessions }))
}

function* batches(sessions: Iterable<SessionUpload>): Generator<SessionUpload[], void> {
  let batch: SessionUpload[] = []
  for (const session of sessions) {
    batch.push(session)
    if (batch.length < SESSIONS_A_REQUEST_MAX) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Handles each item, at most `most` at once. Rejects with the first failure, after which no item is begun. */
async function forEachAtOnce<T>(most: number, items: Iterable<T>, handle: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]()
  let hasFailed = false
  const work = async () => {
    for (let next = iterator.next(); !hasFailed && next.done !== true; next = iterator.next()) {
      try {
        await handle(next.value)
      } catch (cause) {
        hasFailed = true
        throw cause
      }
    }
  }
  await Promise.all(Array.from({ length: most }, work))
}
