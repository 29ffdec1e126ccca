/**
 * Takes a timer out of kafkajs 2.2.4 that never ends: after its first answer, each connection arms one of a millisecond, or
 * of a negative time, again and again, to look for requests that wait, also where none does. Three connections cost three
 * hundredths of a core while nothing happens, and newer versions of Node.js print a warning.
 *
 * A request that has to wait looks after itself when it begins to wait, so nothing is lost.
 * @module
 */
import { createRequire } from 'node:module'

/** As in `kafkajs/src/network/requestQueue/index.js`. */
export interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null
  readonly throttledUntil: number
  readonly pending: readonly unknown[]
  checkPendingRequests(): void
  scheduleCheckPendingRequests(): void
}

const CHECK_MS_MIN = 10

/** The class that every connection of this process has its queue from. */
export function quietRequestQueue(): { readonly prototype: RequestQueue } {
  // A file inside of the package, which has no types; a test holds it to what stands above.
  const made = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
    readonly prototype: RequestQueue
  }
  made.prototype.scheduleCheckPendingRequests = function schedule(this: RequestQueue) {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null
        this.checkPendingRequests()
      },
      Math.max(this.throttledUntil - Date.now(), CHECK_MS_MIN),
    )
  }
  return made
}
