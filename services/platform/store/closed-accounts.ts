/**
 * The set of accounts whose uploads are refused, as upload knows it: at most some seconds old, and asked of the store
 * itself before an account is refused, so that one that has begun anew waits for nothing.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import { type ClosedReason, closedReason, readAccountStates, readClosedAccounts } from './account-states.ts'
import type { StoreConnection } from './store.ts'

export interface ClosedAccounts {
  /** Why uploads of an account are refused; `undefined` where they are taken. Never rejects: ingest has the last word. */
  reasonOf(owner: string): Promise<ClosedReason | undefined>
  stop(): void
}

/** Less than the ten seconds of the contract, with room for a store that is slow to answer. */
const INTERVAL_MS = 3_000

export function watchClosedAccounts(options: {
  readonly store: StoreConnection
  readonly logger: FastifyBaseLogger
  readonly intervalMs?: number
}): ClosedAccounts {
  const { store, logger, intervalMs = INTERVAL_MS } = options
  let closed: ReadonlyMap<string, ClosedReason> = new Map()
  let isReading = false

  async function read(): Promise<void> {
    if (isReading) return
    isReading = true
    try {
      closed = await readClosedAccounts(store)
    } catch {
      logger.warn('which accounts are closed could not be read; the set of before holds')
    } finally {
      isReading = false
    }
  }

  void read()
  const timer = setInterval(() => void read(), intervalMs)
  timer.unref()
  return {
    async reasonOf(owner) {
      const known = closed.get(owner)
      if (known === undefined) return undefined
      try {
        return closedReason((await readAccountStates(store, [owner])).get(owner))
      } catch {
        return known
      }
    },
    stop: () => clearInterval(timer),
  }
}
