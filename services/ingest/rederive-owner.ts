/**
 * What a change of the profile means for the sessions that are stored: consent given derives their contributions anew,
 * consent withdrawn empties them, a new location or preference marks their weeks, and so does an objection; one to usage
 * information takes the system out of them, too. In pages, so that an account with ten thousand sessions costs no more
 * memory.
 * @module
 */

import { createTurns } from '#platform/scheduling/work-slices.ts'
import { chosenByHand, readSessionFlags } from '#platform/store/owner-rows.ts'
import {
  encodeSessionRow,
  readSessionFrames,
  readSessionsInPortions,
  type StoredSession,
} from '#platform/store/session-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { effectiveChoices } from '#rules/session-choices.ts'
import type { ProfileChange } from '#schemas/events/account-event.ts'
import { contributes, putAnalyticsMark, putMark, putTakeBack } from './contribution-rows.ts'
import { deriveAgain } from './derive-again.ts'
import { weeksOf } from './derive-contributions.ts'
import { profileMembers } from './ingest-state.ts'
import type { StepContext } from './step-context.ts'

const SESSIONS_PER_PAGE = 500

/** Whether a profile change reaches the stored sessions. */
export function reachesSessions({ patch }: ProfileChange): boolean {
  return patch.choices !== undefined || mayMoveBetweenCharts(patch)
}

/**
 * Whether the DJ may count in other regions or scenes after the change. A city alone is in no chart; taken for a move, it
 * would let what else of the DJ waits in a chart go out as a take-back does.
 */
function mayMoveBetweenCharts({ location, genrePreferences }: ProfileChange['patch']): boolean {
  const movesAway = location === null || location?.country !== undefined || location?.subdivision !== undefined
  return movesAway || genrePreferences !== undefined
}

/** Whether the DJ may count for analysts after the change and did not before, or the other way round. */
function mayChangePopulation(choices: ProfileChange['patch']['choices']): boolean {
  return choices === null || choices?.statistics !== undefined || choices?.usage !== undefined
}

/** Writes what follows from the change; each portion is stored before the next is read. */
export async function rederiveOwner(
  event: ProfileChange,
  version: bigint,
  context: StepContext,
  store: StoreConnection,
): Promise<void> {
  const { owner } = event
  const turn = createTurns()
  let after = ''
  for (;;) {
    const page = await readSessionFrames(
      store,
      `owner = {owner:String} AND session_key > {after:String} ORDER BY session_key LIMIT ${SESSIONS_PER_PAGE}`,
      { owner, after },
    )
    const last = page.at(-1)
    if (last === undefined) return
    const keys = page.map(({ key }) => key)
    const condition = 'owner = {owner:String} AND session_key IN {keys:Array(String)}'
    for (const [key, flags] of await readSessionFlags(store, condition, { owner, keys }))
      context.state.flags.set(key, flags)
    for await (const portion of readSessionsInPortions(store, owner, page)) {
      for (const stored of portion) {
        rederiveSession(event, version, context, stored)
        await turn()
      }
      await context.rows.flush(store)
    }
    after = last.key
  }
}

function rederiveSession(event: ProfileChange, version: bigint, context: StepContext, stored: StoredSession): void {
  const { state, rows, pseudonyms } = context
  const { owner, key } = stored
  const { choices } = event.patch
  if (choices !== undefined) deriveAgain(context, stored, version, event.at)
  const effective = effectiveChoices(stored.session, chosenByHand(state.flags.get(key)))
  if (mayMoveBetweenCharts(event.patch) && contributes(state, owner, effective)) {
    const taker = { contributor: pseudonyms.contributor(owner), keyVersion: pseudonyms.keyVersion }
    for (const week of weeksOf(stored.counting)) {
      // Where the DJ has left a region or a scene, what counted there is taken back.
      putTakeBack(rows, week, taker, event.at)
      putMark(rows, week, event.at)
    }
  }
  if (mayChangePopulation(choices) && contributes(state, owner, effective)) {
    for (const week of weeksOf(stored.counting)) putAnalyticsMark(rows, week, event.at)
  }
  const { system, ...withoutSystem } = stored.session
  const objects = profileMembers(state, owner)['choices.usage'] === false
  if (system !== undefined && objects && BigInt(stored.version) <= version) {
    const row = { ...stored, version: version.toString(), session: withoutSystem }
    rows.put('playlists.sessions', key, encodeSessionRow(row))
  }
}
