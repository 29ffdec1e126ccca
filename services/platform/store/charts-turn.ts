/**
 * The turn of what builds charts or deletes what they are built from, over all processes that share a store.
 * @module
 */
import type { RotatingPseudonyms } from '../keys/pseudonyms.ts'
import type { Turn } from '../scheduling/mutex.ts'
import { takeContributorKey } from './follow-contributor-key.ts'
import { createLease } from './lease.ts'
import { createLeaseTurn } from './lease-turn.ts'
import { refuseRotation } from './refuse-rotation.ts'
import type { StoreConnection } from './store.ts'

export interface ChartsTurnOptions {
  readonly store: StoreConnection
  /** Those of the process: a rotation takes the turn, so each turn begins with the key in use. */
  readonly pseudonyms: RotatingPseudonyms
  /** Tells this process apart; random. */
  readonly holder: string
  /** Ends the waiting for a turn. */
  readonly signal: AbortSignal
  /** Whether turns are refused where a rotation broke off; who makes such a rotation good needs a turn for it. */
  readonly refusesRotation: boolean
}

export function createChartsTurn({ store, pseudonyms, holder, signal, refusesRotation }: ChartsTurnOptions): Turn {
  return createLeaseTurn({
    lease: createLease({ store, name: 'chartsturn', holder }),
    signal,
    async atBegin(mayHaveLeftovers) {
      if (mayHaveLeftovers) await endLeftovers(store)
      if (refusesRotation) await refuseRotation(store)
      await takeContributorKey(store, pseudonyms)
    },
  })
}

/**
 * Ends statements of a builder that was killed: a server goes on with them, and what they write would come into the tables of
 * the next build.
 */
async function endLeftovers(store: StoreConnection): Promise<void> {
  await store.run("KILL QUERY WHERE query_id != queryID() AND position(query, 'charts.build_') > 0 SYNC")
}
