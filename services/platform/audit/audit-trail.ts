/**
 * The audit trail: which admin did what, and about whom, without the personal data: accounts stand in it by keyed hashes.
 *
 * What is asked for is written before it is done, so that nothing can be done without a trace, and once more with the
 * status of the answer.
 * @module
 */
import type { StoreConnection } from '../store/store.ts'

/** What is about to be done. */
export interface AuditedAction {
  /** Keyed hash of the account that acts. */
  readonly actor: string
  /** Method and pattern of the route; never the address, which names people. */
  readonly action: string
  /** Keyed hash of the account that it is about; empty where there is none. */
  readonly subject: string
}

/** An entry of the trail. */
export interface AuditEntry extends AuditedAction {
  /** Unix milliseconds. */
  readonly atMs: number
  readonly id: string
  /** Status of the answer; 0 while it is under way, or where the process ended in the middle of it. */
  readonly outcome: number
}

/** Where a page ended. */
export type AuditPlace = Pick<AuditEntry, 'atMs' | 'id'>

export interface AuditTrail {
  /** Writes what is about to be done; rejects where the store does not take it: it must then not be done. */
  begin(action: AuditedAction): Promise<AuditEntry>
  /** Writes how it ended. Rejects as {@link begin}; the entry then stays as one that is under way. */
  end(entry: AuditEntry, status: number): Promise<void>
  /** Entries, newest first, at most `limit`; those before a place. */
  read(after: AuditPlace | undefined, limit: number): Promise<AuditEntry[]>
}

export function createAuditTrail(options: {
  readonly store: StoreConnection
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Makes the ids of entries: UUIDs. */
  readonly newId: () => string
}): AuditTrail {
  const { store, clock, newId } = options

  async function write({ atMs, id, actor, action, subject, outcome }: AuditEntry): Promise<void> {
    const row = { at: new Date(atMs).toISOString(), id, actor, action, subject, outcome }
    await store.insert({ table: 'audit.actions', lines: Buffer.from(`${JSON.stringify(row)}\n`) })
  }

  return {
    async begin(action) {
      const entry = { ...action, atMs: clock(), id: newId(), outcome: 0 }
      await write(entry)
      return entry
    },

    end: (entry, status) => write({ ...entry, outcome: status }),

    async read(after, limit) {
      const beyond =
        after === undefined ? '' : "WHERE (at, id) < (fromUnixTimestamp64Milli({atMs:Int64}, 'UTC'), {id:UUID})"
      const rows = await store.rows<Omit<AuditEntry, 'atMs'> & { at_ms: string }>(
        `SELECT toUnixTimestamp64Milli(at) AS at_ms, id, actor, action, subject, outcome
         FROM audit.actions FINAL ${beyond} ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
        { limit, ...after },
      )
      return rows.map(({ at_ms: atMs, ...entry }) => ({ ...entry, atMs: Number(atMs) }))
    },
  }
}
