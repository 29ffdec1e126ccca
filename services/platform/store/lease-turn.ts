/**
 * A turn that reaches over processes: a lease that is taken for each piece of work and given back after it.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import { createMutex, type Turn } from '../scheduling/mutex.ts'
import { guardConnection } from './guarded-connection.ts'
import type { Lease, Tenure } from './lease.ts'

export interface LeaseTurnOptions {
  readonly lease: Lease
  /** Ends waiting for a turn; work that has one is done to its end. */
  readonly signal: AbortSignal
  /** Done at the begin of each turn; told whether the one before may have left statements that still run in the store. */
  readonly atBegin?: (mayHaveLeftovers: boolean) => Promise<void>
}

export function createLeaseTurn({ lease, signal, atBegin }: LeaseTurnOptions): Turn {
  const mutex = createMutex()
  let tenure: Tenure | undefined

  return {
    run: (work) =>
      mutex.run(async () => {
        tenure = await lease.acquire(signal)
        try {
          await atBegin?.(!tenure.wasFree)
          return await work()
        } finally {
          await tenure.release()
          tenure = undefined
        }
      }),
    guard: (store) =>
      guardConnection(store, () => {
        if (tenure === undefined) throw new TonearmError('lease-lost', 'a statement of a turn that is over')
        tenure.check()
      }),
    get condition() {
      return tenure?.condition ?? '0'
    },
  }
}
