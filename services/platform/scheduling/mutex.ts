/**
 * One piece of work at a time, in the order of asking: what must not meet another job's batch, build or deletion takes its
 * turn here.
 * @module
 */

export interface Mutex {
  /** Runs `work` once all that asked before have ended; passes on what it answers or throws. */
  run<T>(work: () => Promise<T>): Promise<T>
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

/** The turns of the jobs that write what others rebuild or delete. */
export interface JobTurns {
  /** A batch of ingest takes it; who holds it knows that no event is half stored. */
  readonly ingest: Mutex
  /** A build of the charts takes it; who holds it knows that no build has read what it deletes. */
  readonly charts: Mutex
}

export function createJobTurns(): JobTurns {
  return { ingest: createMutex(), charts: createMutex() }
}

/** Runs `work` while neither a batch nor a build is under way; in this order everywhere, so that no two wait for each other. */
export function runAlone<T>({ ingest, charts }: JobTurns, work: () => Promise<T>): Promise<T> {
  return charts.run(() => ingest.run(work))
}
