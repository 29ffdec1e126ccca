/**
 * Versions of rows: the position of the event that caused them, under an epoch of the log.
 *
 * Positions start anew when a log is replaced, go back when a log has lost its end, and say nothing of each other when an
 * owner moves to another partition. Each of these begins an epoch, so that what comes from then on is newer than all that
 * was before. Within one log an epoch begins at an offset of each partition: what lies before it keeps the epoch that it
 * was appended under, also where it is ingested only now.
 * @module
 */
import type { Position } from './event-log.ts'

const OFFSET_BITS = 48n

/** An epoch of one log: it holds from these offsets on, one for each partition. */
export interface LogEpoch {
  readonly epoch: number
  readonly since: readonly number[]
}

export interface LogEpochs {
  /** Version of the rows that an event at a position writes. */
  versionOf(position: Position): bigint
  /** The offset of the event behind a version; 0 where it was an event of another log, for this one holds nothing older. */
  offsetOf(version: bigint): number
}

/** @param epochs those of one log, oldest first, one at least. */
export function createLogEpochs(epochs: readonly LogEpoch[]): LogEpochs {
  const oldest = epochs[0]?.epoch ?? 1
  return {
    versionOf({ partition, offset }) {
      const holding = epochs.findLast(({ since }) => (since[partition] ?? 0) <= offset)
      return toVersion(holding?.epoch ?? oldest, offset)
    },
    offsetOf(version) {
      const { epoch, offset } = fromVersion(version)
      return epochs.some((one) => one.epoch === epoch) ? offset : 0
    },
  }
}

/** Epochs are in the upper 16 bits, so that an event of a later epoch is newer than all of an earlier one. */
export function toVersion(epoch: number, offset: number): bigint {
  return (BigInt(epoch) << OFFSET_BITS) | BigInt(offset)
}

function fromVersion(version: bigint): { readonly epoch: number; readonly offset: number } {
  return { epoch: Number(version >> OFFSET_BITS), offset: Number(version & ((1n << OFFSET_BITS) - 1n)) }
}
