/**
 * Runs the matching beside the event loop.
 * @module
 */
import { Worker } from 'node:worker_threads'
import type { Merge } from '#rules/identity/match-tracks.ts'

const MEMORY_MEBIBYTES_MAX = 1024

/**
 * The merges among records, which come as NDJSON of `MatchRecord`. Ends the thread and rejects where the signal aborts;
 * rejects where the matching takes more than its memory.
 */
export function matchInThread(records: string, signal: AbortSignal): Promise<Merge[]> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const worker = new Worker(new URL('./match-thread.mjs', import.meta.url), {
      execArgv: [],
      workerData: { records },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEBIBYTES_MAX },
    })
    const stop = () => {
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      // After a message or an error this changes nothing.
      reject(new Error('the matching ended without an answer'))
    })
  })
}
