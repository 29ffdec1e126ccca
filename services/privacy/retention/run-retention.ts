/**
 * One run of retention: deletes what has reached its end, then takes off the disk what no query sees.
 * @module
 */
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { type JobTurns, runAlone } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { RetentionLimits } from '#schemas/privacy/labels.ts'
import { type ExpireResult, expireSessions } from './expire-sessions.ts'
import { dropFrozenBases } from './frozen-weeks.ts'
import { monthsBefore } from './months-before.ts'
import { retentionJobs } from './retention-jobs.ts'
import { sweepSuperseded } from './sweep-superseded.ts'

export interface RetentionOptions {
  readonly store: StoreConnection
  readonly pseudonyms: Pick<Pseudonyms, 'contributor' | 'contributionSession'>
  readonly turns: JobTurns
  readonly limits: RetentionLimits
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly sessionsPerPortion?: number
}

export interface RetentionResult extends ExpireResult {
  /** Tables that were merged to take off the disk what no query sees. */
  readonly tables: number
}

/**
 * Rejects where the store fails: what was done holds, and the next run does the rest. Once the signal aborts, it leaves the
 * rest to the next run too.
 */
export async function runRetention(options: RetentionOptions, signal: AbortSignal): Promise<RetentionResult> {
  const { store, turns, limits, clock } = options
  const nowMs = clock()
  const beforeMs = monthsBefore(nowMs, limits.sessionMonths)
  const expired = await expireSessions({ ...options, beforeMs, nowMs }, signal)
  if (!signal.aborted) await runAlone(turns, () => dropFrozenBases(store, options.pseudonyms))
  for (const job of Object.values(retentionJobs)) {
    if (typeof job === 'function' && !signal.aborted) await job({ store, limits, nowMs })
  }
  return { ...expired, tables: await sweepSuperseded(store, signal) }
}
