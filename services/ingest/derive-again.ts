/**
 * Derives the contributions of a session again, because a choice changed whether it contributes.
 * @module
 */
import { chosenByHand } from '#platform/store/owner-rows.ts'
import { readSessionsInPortions, type StoredSession } from '#platform/store/session-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { effectiveChoices } from '#rules/session-choices.ts'
import { contributes, putContributions } from './contribution-rows.ts'
import { playsThatMayCount } from './derive-contributions.ts'
import type { StepContext } from './step-context.ts'

/** Puts the rows, as of the event with this version. */
export function deriveAgain(
  context: StepContext,
  stored: Pick<StoredSession, 'owner' | 'key' | 'receivedAtMs' | 'session' | 'counting'>,
  version: bigint,
  changedAtMs: number,
): void {
  const { state } = context
  const effective = effectiveChoices(stored.session, chosenByHand(state.flags.get(stored.key)))
  putContributions(context, {
    session: stored,
    said: stored.session,
    version,
    plays: contributes(state, stored.owner, effective) ? playsThatMayCount(stored.session, stored.receivedAtMs) : [],
    before: stored.counting,
    changedAtMs,
  })
}

/** Does so for the sessions that the batch left for later; its own rows must be stored. */
export async function deriveLater(context: StepContext, store: StoreConnection): Promise<void> {
  const byOwner = new Map<string, Map<string, StepContext['toDerive'][number]>>()
  for (const later of context.toDerive.splice(0)) {
    const ofOwner = byOwner.get(later.known.owner) ?? new Map()
    byOwner.set(later.known.owner, ofOwner.set(later.known.key, later))
  }
  for (const [owner, sessions] of byOwner) {
    const wanted = [...sessions.values()].map(({ known }) => known)
    for await (const portion of readSessionsInPortions(store, owner, wanted)) {
      for (const stored of portion) {
        const later = sessions.get(stored.key)
        if (later !== undefined) deriveAgain(context, stored, later.version, later.changedAtMs)
      }
      await context.rows.flush(store)
    }
  }
}
