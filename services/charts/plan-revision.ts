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
}

/** The same, with what only some charts have to be asked for ({@link mustBeCompared}). */
export interface ComparedChart extends CountedChart {
  /**
   * The fewest accounts by which it would differ from an earlier revision, the last one or any before it; of the revisions
   * from which it would differ at all, for one that is as an earlier one was tells nothing new.
   */
  readonly leastDifference: number
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

/**
 * Whether the decision rests on how much the chart would differ from its earlier revisions. Where it does not,
 * `leastDifference` may be what changed since the last.
 */
export function mustBeCompared(chart: CountedChart, rules: RevisionRules): boolean {
  return (
    chart.wasPublished &&
    chart.djs >= rules.minimumDjs &&
    // Revisions that differ at all differ by one.
    rules.minimumChangedDjs > 1 &&
    chart.changed >= rules.minimumChangedDjs &&
    !isTakeBackDue(chart, rules)
  )
}

export function planRevision(chart: ComparedChart, rules: RevisionRules): Decision {
  const isLarge = chart.djs >= rules.minimumDjs
  if (!isLarge && !chart.isShown) return 'keep'
  // Nothing was seen yet that it could be compared with.
  if (!chart.wasPublished) return 'publish'
  if (chart.changed === 0) {
    // No account changed anything, so nothing that is shown now tells of one.
    if (!isLarge) return 'hide'
    return rules.isForced || !chart.isShown ? 'publish' : 'keep'
  }
  if (Math.min(chart.changed, chart.leastDifference) < rules.minimumChangedDjs && !isTakeBackDue(chart, rules)) {
    // What a raised minimum forbids is not shown while it waits.
    return chart.isShown && chart.shownDjs < rules.minimumDjs ? 'hide' : 'wait'
  }
  return isLarge ? 'publish' : 'hide'
}

function isTakeBackDue({ takenBackAtMs }: CountedChart, { nowMs, takeBackHoursMax }: RevisionRules): boolean {
  return takenBackAtMs !== undefined && nowMs - takenBackAtMs >= takeBackHoursMax * 3_600_000
}
