/**
 * What the store knows of the owners and sessions of a batch, read in a few queries, and what the batch itself changes.
 * @module
 */
import { type AccountStates, readAccountStates } from '#platform/store/account-states.ts'
import {
  type FlagsBySession,
  type MembersByOwner,
  memberValues,
  readProfileMembers,
  readSessionFlags,
  type SessionFlag,
  type Versioned,
} from '#platform/store/owner-rows.ts'
import { type Counting, readSessionFrames } from '#platform/store/session-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { ProfileMembers } from '#rules/profile.ts'
import type { UploadSaid } from '#rules/session-choices.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import type { Session } from '#schemas/records/session.ts'
import { weeksOf } from './derive-contributions.ts'

/** A session as it is known in the middle of a batch. */
export interface KnownSession {
  readonly owner: string
  readonly key: string
  readonly sessionId: string
  readonly version: bigint
  readonly receivedAtMs: number
  readonly said: UploadSaid
  readonly counting: Counting
  readonly trackCount: number
  /** The whole session where this batch has put it; a stored one is read when its tracks are needed, in portions. */
  readonly session: Session | undefined
}

export interface IngestState {
  /** Sessions that exist, by key. */
  readonly sessions: Map<string, KnownSession>
  readonly flags: FlagsBySession
  readonly members: MembersByOwner
  readonly accounts: Map<string, AccountStates>
  /** Weeks in which a session has, or in this batch had, contributions: what is not written anew there is emptied. */
  readonly weeksTouched: Map<string, Set<number>>
}

/** Reads what the events of a batch need. */
export async function readIngestState(store: StoreConnection, events: readonly AccountEvent[]): Promise<IngestState> {
  const owners = [...new Set(events.map(({ owner }) => owner))]
  const putKeys = [...new Set(events.flatMap((event) => (event.type === 'session-put' ? [event.key] : [])))]
  const refs = [
    ...new Set(
      events.flatMap((event) =>
        event.type === 'session-choices' || event.type === 'session-delete' ? [event.ref] : [],
      ),
    ),
  ]
  const conditions = [
    { condition: 'session_key IN {names:Array(String)}', names: putKeys },
    { condition: '(session_key IN {names:Array(String)} OR session_id IN {names:Array(String)})', names: refs },
  ]
  // At once: a batch is as slow as the questions that wait for each other, the more so over a network.
  const [members, accounts, ...found] = await Promise.all([
    readProfileMembers(store, owners),
    readAccountStates(store, owners),
    ...conditions
      .filter(({ names }) => names.length > 0)
      .map(({ condition, names }) =>
        readSessionFrames(store, `owner IN {owners:Array(String)} AND ${condition}`, { owners, names }),
      ),
  ])
  const state: IngestState = { sessions: new Map(), flags: new Map(), members, accounts, weeksTouched: new Map() }
  for (const { frame, ...stored } of found.flat()) {
    know(state, { ...stored, version: BigInt(stored.version), sessionId: frame.id, said: frame, session: undefined })
  }
  const keys = [...new Set([...putKeys, ...refs, ...state.sessions.keys()])]
  if (keys.length > 0) {
    const condition = 'owner IN {owners:Array(String)} AND session_key IN {keys:Array(String)}'
    for (const [key, flags] of await readSessionFlags(store, condition, { owners, keys })) state.flags.set(key, flags)
  }
  return state
}

/** Takes a session, or a newer version of one, into the state. */
export function know(state: IngestState, session: KnownSession): void {
  state.sessions.set(session.key, session)
  const weeks = state.weeksTouched.get(session.key) ?? new Set()
  for (const week of weeksOf(session.counting)) weeks.add(week)
  state.weeksTouched.set(session.key, weeks)
}

/** Sets a flag in the state, unless a newer event has set it. Answers whether it did. */
export function setFlag(state: IngestState, key: string, flag: SessionFlag, value: unknown, version: bigint): boolean {
  const flags = state.flags.get(key) ?? new Map<SessionFlag, Versioned>()
  state.flags.set(key, flags)
  return setNewer(flags, flag, value, version)
}

/** Sets a value unless a newer event has set it. Answers whether it did. */
export function setNewer<K>(values: Map<K, Versioned>, name: K, value: unknown, version: bigint): boolean {
  const known = values.get(name)
  if (known !== undefined && BigInt(known.version) > version) return false
  values.set(name, { value, version: version.toString() })
  return true
}

/** The owner's profile members by the newest choice known. */
export function profileMembers(state: IngestState, owner: string): ProfileMembers {
  return memberValues(state.members.get(owner))
}
