/**
 * Deletes the records that retention rules give a time: the audit trail, receipts of erasures, the memory of erased
 * accounts, and who decided that tracks are one.
 * @module
 */
import type { StoreConnection } from '#platform/store/store.ts'
import { type RetentionLimits, suppressionHours } from '#schemas/privacy/labels.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export interface RecordLimits {
  readonly store: StoreConnection
  readonly limits: RetentionLimits
  readonly nowMs: number
}

const beforeTime = 'fromUnixTimestamp64Milli({before:Int64})'

/** What admins did, and what analysts asked. */
export async function expireAuditTrail({ store, limits, nowMs }: RecordLimits): Promise<void> {
  const params = { before: nowMs - limits.auditDays * DAY_MS }
  await store.run(`DELETE FROM audit.actions WHERE at < ${beforeTime}`, params)
  await store.run(`DELETE FROM audit.queries WHERE at < ${beforeTime}`, params)
}

/** Receipts of erasures that are complete; one that is not stays until it is. */
export async function expireReceipts({ store, limits, nowMs }: RecordLimits): Promise<void> {
  await store.run(
    `DELETE FROM playlists.erasures WHERE receipt_hash IN
       (SELECT receipt_hash FROM playlists.erasures WHERE completed_at < ${beforeTime})`,
    { before: nowMs - limits.auditDays * DAY_MS },
  )
}

/**
 * That an account was erased, once neither the event log nor a backup holds anything older, and states that hold no
 * longer. That an account is closed or blocked stays as long as it is.
 */
export async function expireSuppression({ store, limits, nowMs }: RecordLimits): Promise<void> {
  // The log is trimmed every ten minutes, and a backup deleted at the next look: a day more is on the safe side.
  const before = nowMs - suppressionHours(limits) * HOUR_MS - DAY_MS
  await store.run(
    `DELETE FROM playlists.account_states WHERE (owner, state) IN
       (SELECT owner, state FROM playlists.account_states FINAL
        WHERE at < ${beforeTime} AND (state = 'tombstone' OR value IS NULL))`,
    { before },
  )
  await store.run(
    `DELETE FROM charts.tombstones WHERE contributor IN
       (SELECT contributor FROM charts.tombstones FINAL WHERE at < ${beforeTime})`,
    { before },
  )
}

/** Who merged tracks, in decisions that are old; the decisions stay, and hold against the matcher as before. */
export async function expireEditors({ store, limits, nowMs }: RecordLimits): Promise<void> {
  for (const table of ['charts.merges', 'charts.merge_history']) {
    const old = `decided_by NOT IN ('matcher', '') AND decided_at < ${beforeTime}`
    const params = { before: nowMs - limits.auditDays * DAY_MS }
    const [row] = await store.rows<{ decisions: string }>(
      `SELECT count() AS decisions FROM ${table} WHERE ${old}`,
      params,
    )
    // A mutation looks at every part, so there is none for nothing.
    if (row?.decisions === '0') continue
    await store.run(`ALTER TABLE ${table} UPDATE decided_by = '' WHERE ${old} SETTINGS mutations_sync = 2`, params)
  }
}
