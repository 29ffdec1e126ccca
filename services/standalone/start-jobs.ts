/**
 * The jobs that one process at a time does: in a process that has its store for itself at once, and beside others when this one
 * has the job's lease.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import type { Registry } from 'prom-client'
import { aborted, createLeaseGauge, leadOrStandBy } from '#platform/process/lead.ts'
import { createLease } from '#platform/store/lease.ts'
import type { Backends } from './open-backends.ts'

interface Job {
  stop(): Promise<void>
}

export interface RunningJobs<Jobs extends Record<string, Job>> {
  /** A job, while this process does it. */
  running<Name extends keyof Jobs & string>(name: Name): Jobs[Name] | undefined
  /** Ends all; resolves when nothing is under way. */
  stop(): Promise<void>
}

export function startJobs<Jobs extends Record<string, Job>>(
  { store, sharedAs }: Pick<Backends, 'store' | 'sharedAs'>,
  { logger, registry }: { readonly logger: FastifyBaseLogger; readonly registry: Registry },
  starts: { readonly [Name in keyof Jobs]: () => Jobs[Name] },
): RunningJobs<Jobs> {
  const ending = new AbortController()
  const running: Partial<Jobs> = {}
  const heldOf = createLeaseGauge(registry)
  const names = Object.keys(starts) as (keyof Jobs & string)[] // of an object literal

  async function runJob(name: keyof Jobs & string, until: AbortSignal): Promise<void> {
    const job = starts[name]()
    running[name] = job
    await aborted(until)
    await job.stop()
    delete running[name]
  }

  const ended = names.map((name) => {
    const held = heldOf(name)
    if (sharedAs === undefined) {
      held(true)
      return runJob(name, ending.signal)
    }
    const lease = createLease({ store: store.connect('migrate'), name, holder: sharedAs })
    return leadOrStandBy({ lease, held, ending: ending.signal, logger, lead: (until) => runJob(name, until) })
  })
  return {
    running: (name) => running[name],
    async stop() {
      ending.abort()
      await Promise.all(ended)
    },
  }
}
