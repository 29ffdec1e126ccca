/**
 * A session was sent: it replaces its earlier version whole.
 * @module
 */

import { chosenByHand } from '#platform/store/owner-rows.ts'
import { encodeSessionRow } from '#platform/store/session-rows.ts'
import { effectiveChoices, restrictedByUpload } from '#rules/session-choices.ts'
import type { SessionPut } from '#schemas/events/account-event.ts'
import { contributes, putContributions } from './contribution-rows.ts'
import { countingOf, playsThatMayCount } from './derive-contributions.ts'
import { putFlag } from './flag-rows.ts'
import { type KnownSession, know, profileMembers } from './ingest-state.ts'
import { putPublicRow } from './public-row.ts'
import type { StepContext } from './step-context.ts'

export function settleSessionPut(
  event: SessionPut,
  version: bigint,
  known: KnownSession | undefined,
  context: StepContext,
): void {
  const { state, rows } = context
  const { owner, key } = event
  if (event.undelete === true && state.flags.get(key)?.get('deleted')?.value === true) {
    putFlag(context, owner, key, 'deleted', false, version)
  }
  const overruled = restrictedByUpload(event.session, chosenByHand(state.flags.get(key)))
  if (overruled.visibility !== undefined) putFlag(context, owner, key, 'visibility', overruled.visibility, version)
  if (overruled.contributeToCharts !== undefined) {
    putFlag(context, owner, key, 'contribute', overruled.contributeToCharts, version)
  }

  // Without the usage information that the DJ objects to, the system is not kept at all.
  const { system, ...withoutSystem } = event.session
  const keepsSystem = system !== undefined && profileMembers(state, owner)['choices.usage'] !== false
  const session = keepsSystem ? event.session : withoutSystem
  const plays = playsThatMayCount(session, event.at)
  const chosen = chosenByHand(state.flags.get(key))
  const effective = effectiveChoices(session, chosen)
  const now: KnownSession = {
    owner,
    key,
    version,
    sessionId: session.id,
    receivedAtMs: event.at,
    said: session,
    counting: countingOf(plays),
    trackCount: session.tracks.length,
    session,
  }

  putContributions(context, {
    session: now,
    said: session,
    version,
    plays: contributes(state, owner, effective) ? plays : [],
    before: known?.counting,
    changedAtMs: event.at,
  })
  const mayHaveBeenPublic = known?.said.visibility === 'public' || chosen.visibility !== undefined
  if (effective.visibility === 'public' || mayHaveBeenPublic) {
    putPublicRow(context, owner, key, effective.visibility === 'public', version)
  }
  rows.put(
    'playlists.sessions',
    key,
    encodeSessionRow({
      owner,
      key,
      version: version.toString(),
      receivedAtMs: event.at,
      session,
      counting: now.counting,
    }),
  )
  know(state, now)
}
