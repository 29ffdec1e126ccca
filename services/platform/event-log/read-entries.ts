import type { Database } from 'lmdb'

export interface ReadLimits {
  readonly recordsMax: number
  readonly bytesMax: number
}

export interface KeyedBytes {
  readonly offset: number
  readonly bytes: Buffer
}

/**
 * Reads entries from an offset on, in one go and no more than the limits allow (but one, however large it is), so that
 * neither the event loop nor a read transaction is held for long: an open one keeps LMDB from using freed pages again.
 */
export function readEntries(database: Database<Buffer, number>, from: number, limits: ReadLimits): KeyedBytes[] {
  const entries: KeyedBytes[] = []
  let totalBytes = 0
  for (const { key, value } of database.getRange({ start: from, limit: limits.recordsMax })) {
    totalBytes += value.length
    if (entries.length > 0 && totalBytes > limits.bytesMax) break
    entries.push({ offset: key, bytes: value })
  }
  return entries
}
