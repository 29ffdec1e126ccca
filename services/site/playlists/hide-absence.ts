/**
 * Lets the time of an answer tell nothing of what was looked up in vain.
 *
 * How long the store takes to find nothing depends on the id: on whether it lies among those of a part, which is so for
 * an id that was public lately (measured: 0.3 ms of 6.5). So that there is nothing is told at a tick of a clock that began
 * with the request, and before the lookup, so that the one does not depend on the other.
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises'

/** Longer than a lookup; one that takes longer still is answered at the next tick. */
const TICK_MS = 10

/** Resolves with what was read as soon as it is, and with `undefined` at a tick. Rejects as `read` does. */
export async function hideAbsence<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  let isRead = false
  const tick = async () => {
    do await delay(TICK_MS, undefined, { ref: false })
    while (!isRead)
  }
  const nextTick = tick()
  try {
    const value = await read()
    if (value !== undefined) return value
  } finally {
    isRead = true
  }
  await nextTick
  return undefined
}
