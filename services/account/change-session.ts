/**
 * What a DJ decides for one of their sessions: an event in the log, as `PATCH` and `DELETE /v1/sessions/{key}` append it, and a
 * wait until the store shows it.
 * @module
 */
import type { EventLog } from '#platform/event-log/event-log.ts'
import { chosenByHand } from '#platform/store/owner-rows.ts'
import { readSessionFrames } from '#platform/store/session-rows.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { ACCOUNT_EVENT_VERSION, type SessionChoices, type SessionDelete } from '#schemas/events/account-event.ts'
import type { SessionPatch } from '#schemas/records/session.ts'
import { ownSessions, readFlags } from './own-sessions.ts'
import { waitUntilShown } from './wait-until-shown.ts'

export interface SessionChangeDependencies {
  readonly log: EventLog
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Id of the request; it stands in what is appended. */
  readonly trace: string
  /** How long to wait for the store, about. */
  readonly waitMsMax: number
}

/** Whether the store shows it already; it is durable in any case. Rejects as {@link EventLog.append}. */
export async function chooseForSession(
  owner: string,
  key: string,
  choices: SessionPatch,
  { log, store, clock, trace, waitMsMax }: SessionChangeDependencies,
): Promise<boolean> {
  const event: SessionChoices = {
    ...{ v: ACCOUNT_EVENT_VERSION, trace, owner, at: clock() },
    type: 'session-choices',
    ref: key,
    choices,
  }
  await log.append([{ owner, payload: Buffer.from(JSON.stringify(event)) }])
  return await waitUntilShown(async () => {
    const chosen = chosenByHand((await readFlags(store, owner, [key])).get(key))
    return Object.entries(choices).every(([name, value]) => chosen[name as keyof SessionPatch] === value) // its own keys
  }, waitMsMax)
}

/** As {@link chooseForSession}. */
export async function deleteSession(
  owner: string,
  key: string,
  { log, store, clock, trace, waitMsMax }: SessionChangeDependencies,
): Promise<boolean> {
  const envelope = { v: ACCOUNT_EVENT_VERSION, trace, owner, at: clock() } as const
  const event: SessionDelete = { ...envelope, type: 'session-delete', ref: key }
  await log.append([{ owner, payload: Buffer.from(JSON.stringify(event)) }])
  return await waitUntilShown(async () => {
    const left = await readSessionFrames(store, `${ownSessions} AND session_key = {key:String}`, { owner, key })
    return left.length === 0
  }, waitMsMax)
}
