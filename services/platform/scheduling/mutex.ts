/**
 * One piece of work at a time, in the order of asking: what must not meet another job's batch, build or deletion takes its
 * turn here.
 * @module
 */
import type { StoreConnection } from '../store/store.ts'

export interface Mutex {
  /** Runs `work` once all that asked before have ended; passes on what it answers or throws. */
  run<T>(work: () => Promise<T>): Promise<T>
}

/** A mutex that reaches over processes, where they share a store. */
export interface Turn extends Mutex {
  /** The same connection, whose statements are refused with `lease-lost` once the turn in hand is another process's. */
  guard(store: StoreConnection): StoreConnection
  /** A condition of SQL that the engine refuses, with the whole statement, once the turn in hand is another process's. */
  readonly condition: string
}

export function createMutex(): Mutex {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run(work) {
      const running = tail.then(work)
      tail = running.catch(() => undefined)
      return running
    },
  }
}

/** A turn among the jobs of this process alone: nobody else can take it. */
export function createTurn(): Turn {
  return { ...createMutex(), guard: (store) => store, condition: '1' }
}

/** The turns of the jobs that write what others rebuild or delete. */
export interface JobTurns {
  /** A batch of ingest takes it; who holds it knows that no event is half stored. */
  readonly ingest: Mutex
  /** A build of the charts takes it; who holds it knows that no build has read what it deletes. */
  readonly charts: Turn
}

export function createJobTurns(): JobTurns {
  return { ingest: createMutex(), charts: createTurn() }
}

/** Runs `work` while neither a batch nor a build is under way; in this order everywhere, so that no two wait for each other. */
export function runAlone<T>({ ingest, charts }: JobTurns, work: () => Promise<T>): Promise<T> {
  return charts.run(() => ingest.run(work))
}
