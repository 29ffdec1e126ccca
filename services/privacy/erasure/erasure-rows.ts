/**
 * How far each erasure has come: the rows that its receipt is read from.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'

/** Steps of an erasure. Each is written when it is reached, and none is ever taken back. */
export const step = { accepted: 1, erased: 2, rebuilt: 3, complete: 4 } as const

export interface Erasure {
  readonly receiptHash: string
  /** Owner key; empty once it is complete. */
  readonly owner: string
  readonly step: number
  /** Position of the event that erased. */
  readonly version: bigint
  readonly acceptedAtMs: number
  readonly erasedAtMs?: number
  readonly completedAtMs?: number
  readonly logExpiresAtMs?: number
  readonly rowsLeft: Readonly<Record<string, number>>
  readonly chartsRebuilt: readonly string[]
  readonly chartsWaiting: readonly string[]
}

interface ErasureRow {
  receipt_hash: string
  owner: string
  step: number
  version: string
  accepted_at_ms: string
  erased_at_ms: string | null
  log_expires_at_ms: string | null
  rows_left: Record<string, string>
  charts_rebuilt: string[]
  charts_waiting: string[]
}

/** The erasures that have come to a step and no further, oldest first. */
export async function readOpenErasures(store: StoreConnection, atStep: number, limit: number): Promise<Erasure[]> {
  const rows = await store.rows<ErasureRow>(
    `SELECT receipt_hash, owner, step, version, toUnixTimestamp64Milli(accepted_at) AS accepted_at_ms,
       toUnixTimestamp64Milli(erased_at) AS erased_at_ms, toUnixTimestamp64Milli(log_expires_at) AS log_expires_at_ms,
       rows_left, charts_rebuilt, charts_waiting
     FROM playlists.erasures FINAL WHERE step = {at_step:UInt8} ORDER BY accepted_at, receipt_hash LIMIT {limit:UInt32}`,
    { at_step: atStep, limit },
  )
  return rows.map((row) => ({
    receiptHash: row.receipt_hash,
    owner: row.owner,
    step: row.step,
    version: BigInt(row.version),
    acceptedAtMs: Number(row.accepted_at_ms),
    ...(row.erased_at_ms === null ? {} : { erasedAtMs: Number(row.erased_at_ms) }),
    ...(row.log_expires_at_ms === null ? {} : { logExpiresAtMs: Number(row.log_expires_at_ms) }),
    rowsLeft: Object.fromEntries(Object.entries(row.rows_left).map(([table, count]) => [table, Number(count)])),
    chartsRebuilt: row.charts_rebuilt,
    chartsWaiting: row.charts_waiting,
  }))
}

/** Writes how far erasures have come. */
export async function writeErasures(store: StoreConnection, erasures: readonly Erasure[]): Promise<void> {
  if (erasures.length === 0) return
  const lines = erasures.map((erasure) =>
    JSON.stringify({
      receipt_hash: erasure.receiptHash,
      owner: erasure.owner,
      step: erasure.step,
      version: erasure.version.toString(),
      accepted_at: toTime(erasure.acceptedAtMs),
      erased_at: toTime(erasure.erasedAtMs),
      completed_at: toTime(erasure.completedAtMs),
      log_expires_at: toTime(erasure.logExpiresAtMs),
      rows_left: erasure.rowsLeft,
      charts_rebuilt: erasure.chartsRebuilt,
      charts_waiting: erasure.chartsWaiting,
    }),
  )
  await store.insert({ table: 'playlists.erasures', lines: Buffer.from(lines.join('\n')) })
}

/** Deletes the rows that erasures had before a step. */
export async function deleteSteps(
  store: StoreConnection,
  receiptHashes: readonly string[],
  before: number,
): Promise<void> {
  await store.run(
    'DELETE FROM playlists.erasures WHERE step < {before:UInt8} AND receipt_hash IN {hashes:Array(String)}',
    {
      before,
      hashes: receiptHashes,
    },
  )
}

function toTime(timeMs: number | undefined): string | null {
  return timeMs === undefined ? null : new Date(timeMs).toISOString()
}
