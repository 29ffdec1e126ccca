/**
 * What analysts asked, for admins: who, by a keyed hash, what, and how it ended.
 * @module
 */
import type { StoreConnection } from '../store/store.ts'

/** A statement that has ended. */
export interface AskedQuery {
  /** Unix milliseconds. */
  readonly atMs: number
  readonly id: string
  /** Keyed hash of the account. */
  readonly analyst: string
  /** As it was sent, or its begin. */
  readonly statement: string
  /** Number of ClickHouse's exception; 0 where there was none. */
  readonly code: number
  readonly milliseconds: number
  readonly resultRows: number
  readonly bytesSent: number
}

/** Where a page ended. */
export type QueryPlace = Pick<AskedQuery, 'atMs' | 'id'>

export interface QueryTrail {
  /** Writes them in one insert; writing them again adds none. Rejects as the store does. */
  write(queries: readonly AskedQuery[]): Promise<void>
  /** Newest first, at most `limit`; those before a place. */
  read(after: QueryPlace | undefined, limit: number): Promise<AskedQuery[]>
}

interface QueryRow extends Pick<AskedQuery, 'id' | 'analyst' | 'statement' | 'code' | 'milliseconds'> {
  readonly at_ms: string
  readonly result_rows: string
  readonly bytes_sent: string
}

export function createQueryTrail(store: StoreConnection): QueryTrail {
  return {
    async write(queries) {
      const lines = queries.map(({ atMs, id, analyst, statement, code, milliseconds, resultRows, bytesSent }) =>
        JSON.stringify({
          ...{ at: new Date(atMs).toISOString(), id, analyst, statement, code, milliseconds },
          ...{ result_rows: resultRows, bytes_sent: bytesSent },
        }),
      )
      if (lines.length > 0) await store.insert({ table: 'audit.queries', lines: Buffer.from(`${lines.join('\n')}\n`) })
    },

    async read(after, limit) {
      const beyond =
        after === undefined ? '' : "WHERE (at, id) < (fromUnixTimestamp64Milli({atMs:Int64}, 'UTC'), {id:UUID})"
      const rows = await store.rows<QueryRow>(
        `SELECT toUnixTimestamp64Milli(at) AS at_ms, id, analyst, statement, code, milliseconds, result_rows, bytes_sent
         FROM audit.queries FINAL ${beyond} ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
        { limit, ...after },
      )
      return rows.map(({ at_ms: atMs, result_rows: resultRows, bytes_sent: bytesSent, ...query }) => ({
        ...query,
        atMs: Number(atMs),
        resultRows: Number(resultRows),
        bytesSent: Number(bytesSent),
      }))
    },
  }
}
