/**
 * Bytes of the log → account event.
 * @module
 */

import type { LogRecord } from '#platform/event-log/event-log.ts'
import type { LogEpochs } from '#platform/event-log/log-epochs.ts'
import { ACCOUNT_EVENT_VERSION, type AccountEvent } from '#schemas/events/account-event.ts'
import { deadLetter, type Outcome, ok } from './outcome.ts'

export interface DecodedEvent {
  readonly record: LogRecord
  /** Position in the log under its epoch: the version of every row that the event writes. */
  readonly version: bigint
  readonly event: AccountEvent
}

const types: ReadonlySet<string> = new Set<AccountEvent['type']>([
  'session-put',
  'session-choices',
  'session-delete',
  'profile-change',
  'account-erased',
  'account-block',
])
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Upload has checked the event; here only what would make it something else is asked. */
export function decodeEvent(record: LogRecord, epochs: LogEpochs): Outcome<DecodedEvent> {
  let event: unknown
  try {
    event = JSON.parse(decoder.decode(record.payload))
  } catch {
    return deadLetter('unreadable', 'not JSON in UTF-8')
  }
  if (!isEnvelope(event)) return deadLetter('unreadable', 'not an account event')
  if (event.v !== ACCOUNT_EVENT_VERSION) return deadLetter('unknown-version', 'written by another version')
  if (!types.has(event.type)) return deadLetter('unknown-type', 'no such type of event')
  if (event.owner !== record.owner) return deadLetter('unreadable', 'filed under another owner')
  return ok({ record, version: epochs.versionOf(record), event })
}

function isEnvelope(event: unknown): event is AccountEvent {
  return (
    typeof event === 'object' &&
    event !== null &&
    'v' in event &&
    'type' in event &&
    typeof event.type === 'string' &&
    'owner' in event &&
    typeof event.owner === 'string' &&
    'at' in event &&
    typeof event.at === 'number'
  )
}
