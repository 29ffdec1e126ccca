/**
 * Which session an event is about. A choice names it by key or, where upload did not know it yet, by the software's id:
 * here the order of the log settles what that means.
 * @module
 */
import type { DecodedEvent } from './decode-event.ts'
import type { KnownSession } from './ingest-state.ts'
import { drop, type Outcome, ok } from './outcome.ts'
import type { FoundEvent, StepContext } from './step-context.ts'

export function findSession({ event, version }: DecodedEvent, { state }: StepContext): Outcome<FoundEvent> {
  switch (event.type) {
    case 'profile-change':
      return ok({ type: event.type, event, version })
    case 'account-erased':
      return ok({ type: event.type, event, version })
    case 'account-block':
      return ok({ type: event.type, event, version })
    case 'session-put':
      return ok({ type: event.type, event, version, known: state.sessions.get(event.key) })
    case 'session-choices': {
      const known = findByRef(state.sessions, event.owner, event.ref)
      return known === undefined ? drop('no-such-session') : ok({ type: event.type, event, version, known })
    }
    case 'session-delete': {
      const known = findByRef(state.sessions, event.owner, event.ref)
      return known === undefined ? drop('no-such-session') : ok({ type: event.type, event, version, known })
    }
  }
}

/** By key, else by id where exactly one of the owner's sessions has it. */
function findByRef(sessions: ReadonlyMap<string, KnownSession>, owner: string, ref: string): KnownSession | undefined {
  const byKey = sessions.get(ref)
  if (byKey?.owner === owner) return byKey
  const byId = [...sessions.values()].filter((session) => session.owner === owner && session.sessionId === ref)
  return byId.length === 1 ? byId[0] : undefined
}
