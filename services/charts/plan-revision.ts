/**
 * Whether a chart gets its next revision now (CONTRACT, "What protects people").
 * @module
 */

/** What is known of a chart when it has been counted anew. */
export interface CountedChart {
  /** Distinct accounts that give something to it now. */
  readonly djs: number
  /** Accounts that give something else than what the shown revision was made of. */
  readonly changed: number
  /** When the oldest take-back that waits in it was received, Unix milliseconds; absent where none does. */
  readonly takenBackAtMs: number | undefined
  /** Whether it ever had a revision. */
  readonly wasPublished: boolean
  /** Whether it has a revision that readers see, or would see but for what is withheld beside it. */
  readonly isShown: boolean
  /** Distinct accounts that the shown revision tells; 0 where there is none. */
  readonly shownDjs: number
  /**
   * A build died when it had written who stands behind the next revision, and had not shown that revision: `changed` then
   * counts from what nobody has seen.
   */
  readonly isInterrupted: boolean
}

export interface RevisionRules {
  readonly minimumDjs: number
  readonly minimumChangedDjs: number
  readonly takeBackHoursMax: number
  readonly nowMs: number
  /** The settings or the merges changed: what is shown may be old although no account changed anything. */
  readonly isForced: boolean
}

/**
 * - `publish`: a new revision;
 * - `hide`: what is shown goes, for too few accounts are left;
 * - `wait`: what is shown stays until more accounts changed;
 * - `keep`: nothing to do.
 */
export type Decision = 'publish' | 'hide' | 'wait' | 'keep'

export function planRevision(chart: CountedChart, rules: RevisionRules): Decision {
  const isLarge = chart.djs >= rules.minimumDjs
  if (!isLarge && !chart.isShown) return 'keep'
  // Nothing was seen yet that it could be compared with.
  if (!chart.wasPublished) return 'publish'
  // It had been decided on, and is made good.
  if (chart.isInterrupted) return isLarge ? 'publish' : 'hide'
  if (chart.changed === 0) {
    // No account changed anything, so nothing that is shown now tells of one.
    if (!isLarge) return 'hide'
    return rules.isForced || !chart.isShown ? 'publish' : 'keep'
  }
  const waitedMs = chart.takenBackAtMs === undefined ? -1 : rules.nowMs - chart.takenBackAtMs
  const isDue = waitedMs >= rules.takeBackHoursMax * 3_600_000
  if (chart.changed < rules.minimumChangedDjs && !isDue) {
    // What a raised minimum forbids is not shown while it waits.
    return chart.isShown && chart.shownDjs < rules.minimumDjs ? 'hide' : 'wait'
  }
  return isLarge ? 'publish' : 'hide'
}
