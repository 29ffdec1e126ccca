/**
 * Leaves out what an account that was erased, closed or blocked sent: upload refuses it too, but some seconds late, and an
 * event may be handed over again after the erasure. Here the order of the log settles it.
 * @module
 */
import type { DecodedEvent } from './decode-event.ts'
import { drop, type Outcome, ok } from './outcome.ts'
import type { StepContext } from './step-context.ts'

export function skipClosed(decoded: DecodedEvent, { state }: StepContext): Outcome<DecodedEvent> {
  const { event, version } = decoded
  const states = state.accounts.get(event.owner)
  if (states === undefined || event.type === 'account-block') return ok(decoded)
  const tombstone = states.get('tombstone')
  if (tombstone !== undefined && version < BigInt(tombstone.version)) return drop('erased')
  if (event.type === 'account-erased') return ok(decoded)

  const closed = states.get('closed')
  const blocked = states.get('blocked')?.value ?? null
  if (event.type === 'profile-change') {
    // An account begins anew only by its own word, and not while its DJ is too young.
    if (blocked === 'under-age') return drop('account-blocked')
    const isClosed = closed !== undefined && closed.value !== null
    return isClosed && event.by === 'admin' ? drop('account-closed') : ok(decoded)
  }
  // Between the erasure and the new beginning: after it, too, where the event is handed over again.
  if (closed !== undefined && (closed.value !== null || version < BigInt(closed.version))) return drop('account-closed')
  // What a DJ takes back is taken back under a block as well.
  return blocked !== null && event.type === 'session-put' ? drop('account-blocked') : ok(decoded)
}
