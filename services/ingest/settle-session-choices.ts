/**
 * The DJ chose a name, a visibility or a contribution for a session.
 * @module
 */

import { chosenByHand } from '#platform/store/owner-rows.ts'
import { effectiveChoices } from '#rules/session-choices.ts'
import type { SessionChoices } from '#schemas/events/account-event.ts'
import { deriveAgain } from './derive-again.ts'
import { putFlag } from './flag-rows.ts'
import type { KnownSession } from './ingest-state.ts'
import { putPublicRow } from './public-row.ts'
import type { StepContext } from './step-context.ts'

export function settleSessionChoices(
  { owner, choices, at }: SessionChoices,
  version: bigint,
  known: KnownSession,
  context: StepContext,
): void {
  const { state } = context
  const { key } = known
  // An empty text is the choice of no name.
  if (choices.name !== undefined) putFlag(context, owner, key, 'name', choices.name ?? '', version)
  if (choices.visibility !== undefined) putFlag(context, owner, key, 'visibility', choices.visibility, version)
  if (choices.contributeToCharts !== undefined) {
    putFlag(context, owner, key, 'contribute', choices.contributeToCharts, version)
  }
  const effective = effectiveChoices(known.said, chosenByHand(state.flags.get(key)))
  if (choices.visibility !== undefined) putPublicRow(context, owner, key, effective.visibility === 'public', version)
  if (choices.contributeToCharts === undefined) return
  if (known.session === undefined) context.toDerive.push({ known, version, changedAtMs: at })
  else deriveAgain(context, { ...known, session: known.session }, version, at)
}
