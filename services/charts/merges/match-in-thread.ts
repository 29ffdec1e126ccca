/**
 * Runs the matching beside the event loop: it is seconds to minutes of computing.
 * @module
 */
import { startThread } from '#platform/threads/answering-thread.ts'
import type { Merge } from '#rules/identity/match-tracks.ts'

/**
 * The merges among records, which come as NDJSON of `MatchRecord`. Ends the thread and rejects where the signal aborts;
 * rejects where the matching takes more than its memory.
 */
export async function matchInThread(records: string, signal: AbortSignal): Promise<Merge[]> {
  signal.throwIfAborted()
  const thread = startThread<string, Merge[]>(new URL('./match-worker.ts', import.meta.url))
  const stop = () => void thread.close()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await thread.ask(records)
  } finally {
    signal.removeEventListener('abort', stop)
    await thread.close()
  }
}
