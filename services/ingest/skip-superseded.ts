/**
 * Leaves out an event when something newer of the same session is stored: it was handed over again after a crash.
 * @module
 */
import { drop, type Outcome, ok } from './outcome.ts'
import type { FoundEvent, StepContext } from './step-context.ts'

export function skipSuperseded(found: FoundEvent, { state }: StepContext): Outcome<FoundEvent> {
  if (found.type === 'profile-change' || found.type === 'account-erased' || found.type === 'account-block')
    return ok(found)
  const key = found.type === 'session-put' ? found.event.key : found.known.key
  const deleted = state.flags.get(key)?.get('deleted')
  if (deleted !== undefined && BigInt(deleted.version) > found.version) return drop('superseded')
  // A session's row is written last, so whatever came before it is stored. That holds for a choice and a deletion too: the
  // session that they name now may not have been there yet when they came.
  if (found.known !== undefined && found.known.version > found.version) return drop('superseded')
  if (found.type !== 'session-put') return ok(found)
  // A session that its DJ deleted stays deleted, unless the upload asks for it by name.
  if (deleted?.value === true && found.event.undelete !== true) return drop('session-deleted')
  return ok(found)
}
