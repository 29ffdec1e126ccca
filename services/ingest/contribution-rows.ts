/**
 * Writes what a session contributes from an event on, empties the weeks that it has left, and marks what changed.
 * @module
 */
import type { Counting } from '#platform/store/session-rows.ts'
import type { EffectiveChoices } from '#rules/session-choices.ts'
import type { Session } from '#schemas/records/session.ts'
import {
  type ContributedPlay,
  contributionRows,
  emptyContributionRow,
  weeksOf,
  weeksWithLosses,
} from './derive-contributions.ts'
import { type IngestState, type KnownSession, profileMembers } from './ingest-state.ts'
import { usageOf } from './play-details.ts'
import type { StepContext } from './step-context.ts'

/** Whether a session contributes: its account consents by the newest choice known, and its DJ did not leave it out. */
export function contributes(state: IngestState, owner: string, { contributeToCharts }: EffectiveChoices): boolean {
  return contributeToCharts && profileMembers(state, owner)['choices.charts'] === true
}

/** A change of what a session contributes. */
export interface ContributionChange {
  readonly session: Pick<KnownSession, 'owner' | 'key'>
  /** What it says of itself; needed where something counts. */
  readonly said?: Pick<Session, 'software' | 'system'>
  /** Version of the event that caused it. */
  readonly version: bigint
  /** What may count from now on; nothing where the session does not contribute. */
  readonly plays: readonly ContributedPlay[]
  /** What may have counted before; absent for a new session. */
  readonly before: Counting | undefined
  /** Unix milliseconds. */
  readonly changedAtMs: number
}

export function putContributions({ state, rows, pseudonyms }: StepContext, change: ContributionChange): void {
  const { session, said = {}, version, plays, before } = change
  // Of an account that never chose anything about charts nothing is written there, not even that there is nothing.
  if (state.members.get(session.owner)?.has('choices.charts') !== true) return
  const contributor = pseudonyms.contributor(session.owner)
  const { keyVersion } = pseudonyms
  const identity = { contributor, session: pseudonyms.contributionSession(session.key), keyVersion, version }
  const members = profileMembers(state, session.owner)
  const maySay = { statistics: members['choices.statistics'] !== false, usage: members['choices.usage'] !== false }
  const written = contributionRows(plays, identity, usageOf(said), maySay)
  const weeksBefore = before === undefined ? [] : weeksOf(before)
  const lost = before === undefined ? new Set<number>() : weeksWithLosses(before, plays)
  for (const week of new Set([...written.keys(), ...weeksBefore, ...(state.weeksTouched.get(session.key) ?? [])])) {
    const key = `${week} ${identity.session}`
    rows.put('charts.contributions', key, written.get(week) ?? emptyContributionRow(week, identity))
    if (lost.has(week)) putTakeBack(rows, week, { contributor, keyVersion }, change.changedAtMs)
    putMark(rows, week, change.changedAtMs)
  }
}

/** Marks that what counts in a week changed. */
export function putMark(rows: StepContext['rows'], week: number, changedAtMs: number): void {
  const line = { week, contributor: 0, taken_back: 0, changed_at: new Date(changedAtMs).toISOString() }
  rows.put('charts.changes', String(week), JSON.stringify(line))
}

/** Marks that what analysts see of a week is built anew, whatever becomes of the charts: an account objected, or is gone. */
export function putAnalyticsMark(rows: StepContext['rows'], week: number, changedAtMs: number): void {
  const line = { week, contributor: 0, taken_back: 0, analytics: 1, changed_at: new Date(changedAtMs).toISOString() }
  rows.put('charts.changes', `${week} analytics`, JSON.stringify(line))
}

/** Marks that a contributor took something back in a week. A later change in the batch does not unmark it. */
export function putTakeBack(
  rows: StepContext['rows'],
  week: number,
  { contributor, keyVersion }: { readonly contributor: string; readonly keyVersion: number },
  takenBackAtMs: number,
): void {
  const takenBackAt = new Date(takenBackAtMs).toISOString()
  const line = { week, contributor, taken_back: 1, changed_at: takenBackAt, key_version: keyVersion }
  rows.put('charts.changes', `${week} ${contributor}`, JSON.stringify(line))
}
