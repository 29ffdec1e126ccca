/**
 * A job that one process at a time does, while others stand by: it runs as long as this process has the job's lease.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import { Gauge, type Registry } from 'prom-client'
import type { Lease } from '../store/lease.ts'
import { patiently } from './patiently.ts'

export interface LeadOptions {
  readonly lease: Lease
  /** Which of the processes' metrics tells it apart: `charts`. */
  readonly held: (isHeld: boolean) => void
  /** Aborts when the process is to end. */
  readonly ending: AbortSignal
  readonly logger: FastifyBaseLogger
  /**
   * Does the job until the signal, and resolves when nothing of it is under way. Begins anew where it rejects because a
   * dependency is away; another rejection ends the standing by, too.
   */
  readonly lead: (until: AbortSignal) => Promise<void>
}

/** Resolves when the process ends, and the lease is given back. */
export async function leadOrStandBy({ lease, held, ending, logger, lead }: LeadOptions): Promise<void> {
  async function leadOnce(): Promise<void> {
    const tenure = await lease.acquire(ending)
    held(true)
    logger.info('this process does the job now')
    try {
      await lead(AbortSignal.any([ending, tenure.lost]))
    } finally {
      held(false)
      if (tenure.lost.aborted) logger.warn('another process does the job now')
      await tenure.release()
    }
  }
  const onWait = (code: string, error: unknown) => logger.warn({ code, error }, 'the service waits for a dependency')
  try {
    while (!ending.aborted) await patiently(leadOnce, { signal: ending, onWait })
  } catch (cause) {
    if (!ending.aborted) throw cause
  }
}

/** Resolves when a signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** Tells which jobs this process does: one of all processes has a 1. */
export function createLeaseGauge(registry: Registry): (lease: string) => (isHeld: boolean) => void {
  const gauge = new Gauge({
    name: 'tonearm_lease_held',
    help: 'Whether this process does a job that one process at a time does',
    labelNames: ['lease'],
    registers: [registry],
  })
  return (lease) => {
    gauge.set({ lease }, 0)
    return (isHeld) => gauge.set({ lease }, isHeld ? 1 : 0)
  }
}
