/**
 * Waits until the store shows what was appended to the log, so that DJs read what they wrote.
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS_MIN = 25
const POLL_MS_MAX = 250

/**
 * Whether it was shown within about `waitMsMax`. What was appended is durable: a store that is away now makes no failure of
 * it, and counts as one that does not show it yet.
 */
export async function waitUntilShown(isShown: () => Promise<boolean>, waitMsMax: number): Promise<boolean> {
  // With growing pauses, so that many who wait together do not keep the store from what they wait for.
  for (let waitedMs = 0, pauseMs = POLL_MS_MIN; waitedMs < waitMsMax; waitedMs += pauseMs) {
    if (await isShown().catch(() => false)) return true
    pauseMs = Math.min(pauseMs * 1.5, POLL_MS_MAX)
    await delay(pauseMs)
  }
  return false
}
