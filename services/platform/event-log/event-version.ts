/**
 * Versions of rows: the position of the event that caused them, under the epoch of the log (`log-epoch.ts` of ingest).
 * @module
 */

const OFFSET_BITS = 48n

/** Epochs are in the upper 16 bits, so that an event of a later log is newer than all of an earlier one. */
export function versionOf(epoch: number, offset: number): bigint {
  return (BigInt(epoch) << OFFSET_BITS) | BigInt(offset)
}

/** The epoch and the offset behind a version. */
export function positionOfVersion(version: bigint): { readonly epoch: number; readonly offset: number } {
  return { epoch: Number(version >> OFFSET_BITS), offset: Number(version & ((1n << OFFSET_BITS) - 1n)) }
}
