/**
 * What becomes of the sessions of one request: each is read, kept or rejected; the kept ones are appended together.
 * @module
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { EventLog, NewEvent } from '#platform/event-log/event-log.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import { ACCOUNT_EVENT_VERSION, type AccountEvent } from '#schemas/events/account-event.ts'
import type { UploadResult } from '#schemas/records/session.ts'
import type { TagFiller } from './fill-tags.ts'
import { type Accepted, type Rejected, rejected, warn } from './outcomes.ts'
import { type ReadSession, readSession } from './read-session.ts'
import type { Entry } from './split-sessions.ts'

/** After so many tracks other requests get their turn: a few milliseconds of work. */
const TRACKS_PER_TURN = 2000

export interface ReceiveDependencies {
  readonly log: EventLog
  readonly pseudonyms: Pseudonyms
  readonly filler: TagFiller
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Id of the request; it stands in what is appended, and then in the log line of ingest. */
  readonly trace: string
}

interface Received extends ReadSession {
  readonly key: string
}

/** Resolves when all accepted sessions are durable. Rejects as {@link EventLog.append}. */
export async function receiveSessions(
  entries: readonly Entry[],
  owner: string,
  { log, pseudonyms, filler, clock, trace }: ReceiveDependencies,
): Promise<UploadResult> {
  const received: Received[] = []
  const rejections: Rejected[] = []
  let tracks = 0
  for (const { index, json } of entries) {
    const outcome =
      json === undefined
        ? { rejected: rejected(index, undefined, 'unreadable-line') }
        : readSession(json.value, index, json.textsUsable)
    if ('rejected' in outcome) rejections.push(outcome.rejected)
    else {
      const { session } = outcome.read
      received.push({ ...outcome.read, key: pseudonyms.sessionKey(owner, session.historyId, session.id) })
      tracks += session.tracks.length
    }
    if (tracks >= TRACKS_PER_TURN) {
      tracks = 0
      await turn()
    }
  }

  // Of the same session twice the later one holds; the earlier is not even written.
  const holding = new Map(received.map((session) => [session.key, session]))
  const fillTags = filler.forRequest()
  const events: NewEvent[] = []
  for (const one of received) {
    if (holding.get(one.key) !== one) warn(one.warnings, 'replaced-by-later', '')
    else {
      await fillTags(one.blocks, one.warnings)
      events.push({ owner, payload: encodeSessionPut({ v: ACCOUNT_EVENT_VERSION, trace, owner, at: clock() }, one) })
    }
  }
  if (events.length > 0) await log.append(events)
  return { accepted: received.map(toAccepted), rejected: rejections }
}

function encodeSessionPut(envelope: EventEnvelope, { key, session, undelete }: Received): Uint8Array {
  return encodeEvent({ ...envelope, type: 'session-put', key, session, ...(undelete ? { undelete } : {}) })
}

/** What every event begins with. */
export interface EventEnvelope {
  readonly v: typeof ACCOUNT_EVENT_VERSION
  readonly trace: string
  readonly owner: string
  readonly at: number
}

export function encodeEvent(event: AccountEvent): Uint8Array {
  return Buffer.from(JSON.stringify(event))
}

function toAccepted({ key, session, warnings }: Received): Accepted {
  return warnings.length === 0 ? { id: session.id, key } : { id: session.id, key, warnings }
}
