/**
 * What a log line tells of a batch: where it lies, how large it is, and which requests it came from, by the ids that their
 * answers carried (`x-request-id`); so an upload can be followed to where it is stored.
 * @module
 */
import type { Batch } from '#platform/event-log/event-log.ts'

/** A line names no more requests than this. */
const REQUESTS_MAX = 50
/** The begin of an event, as upload writes it: without parsing what ingest has parsed already. */
const head = /^\{"v":1,"trace":"([0-9a-f-]{36})"/
const HEAD_BYTES = 64

export function describeBatch(batch: Batch) {
  const { partition, records } = batch
  return {
    partition,
    offset: records[0]?.offset ?? 0,
    events: records.length,
    reqIds: requestsOf(batch),
  }
}

/** The offset behind the last event of a batch. */
export function endOf({ records }: Batch): number {
  return (records.at(-1)?.offset ?? -1) + 1
}

function requestsOf({ records }: Batch): string[] {
  const found = new Set<string>()
  for (const { payload } of records) {
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, Math.min(HEAD_BYTES, payload.byteLength))
    const [, id] = head.exec(bytes.toString('latin1')) ?? []
    if (id !== undefined) found.add(id)
    if (found.size === REQUESTS_MAX) break
  }
  return [...found]
}
