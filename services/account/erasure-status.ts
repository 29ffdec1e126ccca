/**
 * How far an erasure has come, for whoever has its receipt.
 * @module
 */
import { HttpProblem } from '#platform/http/problem.ts'
import type { Pseudonyms } from '#platform/keys/pseudonyms.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { ErasureStatus } from '#schemas/records/erasure.ts'

/** The log keeps no event longer that ingest has not behind it: a receipt without a row is then of one that has expired. */
const INGEST_MS_MAX = 7 * 24 * 3_600_000

const states = { 1: 'accepted', 2: 'erased', 3: 'erased', 4: 'complete' } as const

interface ErasureRow {
  step: keyof typeof states
  accepted_at_ms: string
  erased_at_ms: string | null
  completed_at_ms: string | null
  rows_left: Record<string, string>
  charts_rebuilt: string[]
  log_expires_at_ms: string | null
}

/** Throws the problem `not-found` where the receipt is none of ours, or too old. */
export async function readErasureStatus(
  receipt: string,
  {
    store,
    pseudonyms,
    clock,
  }: { readonly store: StoreConnection; readonly pseudonyms: Pseudonyms; readonly clock: () => number },
): Promise<ErasureStatus> {
  const issuedAtMs = pseudonyms.receiptIssuedAtMs(receipt)
  if (issuedAtMs === undefined) throw new HttpProblem('not-found')
  const [row] = await store.rows<ErasureRow>(
    `SELECT step, toUnixTimestamp64Milli(accepted_at) AS accepted_at_ms, toUnixTimestamp64Milli(erased_at) AS erased_at_ms,
       toUnixTimestamp64Milli(completed_at) AS completed_at_ms, rows_left, charts_rebuilt,
       toUnixTimestamp64Milli(log_expires_at) AS log_expires_at_ms
     FROM playlists.erasures FINAL WHERE receipt_hash = {hash:String}`,
    { hash: pseudonyms.receiptHash(receipt) },
  )
  if (row === undefined) {
    if (issuedAtMs < clock() - INGEST_MS_MAX) throw new HttpProblem('not-found')
    // It is in the log, and ingest comes to it.
    return statusOf(receipt, { step: 1, accepted_at_ms: String(issuedAtMs) })
  }
  return statusOf(receipt, row)
}

function statusOf(
  receipt: string,
  row: Partial<ErasureRow> & Pick<ErasureRow, 'step' | 'accepted_at_ms'>,
): ErasureStatus {
  const rowsLeft = Object.entries(row.rows_left ?? {}).map(([table, rows]) => [table, Number(rows)])
  return {
    receipt,
    state: states[row.step],
    acceptedAt: new Date(Number(row.accepted_at_ms)).toISOString(),
    erasedAt: optionalTime(row.erased_at_ms),
    completedAt: optionalTime(row.completed_at_ms),
    rowsLeft: Object.fromEntries(rowsLeft),
    chartsRebuilt: row.charts_rebuilt ?? [],
    logExpiresAt: optionalTime(row.log_expires_at_ms),
  }
}

function optionalTime(timeMs: string | null | undefined): string | null {
  return timeMs === null || timeMs === undefined ? null : new Date(Number(timeMs)).toISOString()
}
