/**
 * How many upload requests an account may make: a token bucket for each, kept by owner key and never by address.
 * @module
 */

/** Accounts whose bucket is remembered. One that is forgotten starts full, so nobody is refused by mistake. */
const ACCOUNTS_MAX = 100_000

const MINUTE_MS = 60_000

export interface RateLimit {
  /** Takes one request from the account's bucket: 0, or the seconds to wait where there is none left. */
  take(owner: string): number
}

/** @param clock Unix milliseconds */
export function createRateLimit({ perMinute, clock }: { perMinute: number; clock: () => number }): RateLimit {
  const buckets = new Map<string, { left: number; atMs: number }>()
  const refillPerMs = perMinute / MINUTE_MS

  return {
    take(owner) {
      const nowMs = clock()
      const before = buckets.get(owner)
      const left =
        before === undefined
          ? perMinute
          : Math.min(perMinute, before.left + Math.max(0, nowMs - before.atMs) * refillPerMs)
      // Put in anew, so that the first in the map is always the one that was quiet for longest.
      buckets.delete(owner)
      buckets.set(owner, { left: left < 1 ? left : left - 1, atMs: nowMs })
      if (buckets.size > ACCOUNTS_MAX) buckets.delete(buckets.keys().next().value ?? '')
      return left < 1 ? (1 - left) / refillPerMs / 1000 : 0
    },
  }
}
