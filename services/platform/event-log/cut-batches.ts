import type { LogRecord } from './event-log.ts'

export interface BatchLimits {
  readonly recordsMax: number
  readonly bytesMax: number
}

/** Cuts records into pieces within limits, in order; a record that is larger by itself is a piece of its own. */
export function* cutBatches(records: readonly LogRecord[], limits: BatchLimits): Generator<readonly LogRecord[]> {
  let from = 0
  let bytes = 0
  for (const [index, { payload }] of records.entries()) {
    const isFull = index - from >= limits.recordsMax || bytes + payload.length > limits.bytesMax
    if (index > from && isFull) {
      yield records.slice(from, index)
      from = index
      bytes = 0
    }
    bytes += payload.length
  }
  if (from < records.length) yield records.slice(from)
}
