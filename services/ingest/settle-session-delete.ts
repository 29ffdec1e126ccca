/**
 * The DJ deleted a session. A tombstone stays: sent again, it stays deleted.
 * @module
 */

import { chosenByHand } from '#platform/store/owner-rows.ts'
import { encodeDeletedSessionRow } from '#platform/store/session-rows.ts'
import { keptAfterDeletion } from '#rules/session-choices.ts'
import type { SessionDelete } from '#schemas/events/account-event.ts'
import { putContributions } from './contribution-rows.ts'
import { putFlag } from './flag-rows.ts'
import type { KnownSession } from './ingest-state.ts'
import { putPublicRow } from './public-row.ts'
import type { StepContext } from './step-context.ts'

export function settleSessionDelete(
  { owner, at }: SessionDelete,
  version: bigint,
  known: KnownSession,
  context: StepContext,
): void {
  const { state, rows } = context
  const { key } = known
  const flags = state.flags.get(key)
  const kept = keptAfterDeletion(chosenByHand(flags))
  if (flags?.has('name') === true) putFlag(context, owner, key, 'name', null, version)
  if (flags?.has('visibility') === true) putFlag(context, owner, key, 'visibility', kept.visibility ?? null, version)
  if (flags?.has('contribute') === true)
    putFlag(context, owner, key, 'contribute', kept.contributeToCharts ?? null, version)
  putFlag(context, owner, key, 'deleted', true, version)
  putContributions(context, { session: known, version, plays: [], before: known.counting, changedAtMs: at })
  putPublicRow(context, owner, key, false, version)
  rows.put('playlists.sessions', key, encodeDeletedSessionRow(owner, key, version.toString()))
  state.sessions.delete(key)
}
