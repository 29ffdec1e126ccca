/**
 * The port of the store: ClickHouse, as a server over HTTP or as chDB in this process, behind the official client.
 *
 * One connection runs one statement at a time (chDB), so each job opens one of its own; a heavy query of one job then
 * never holds up another (measured: 14 ms beside 4.6 s).
 * @module
 */
import type { ClickHouseClient } from '@clickhouse/client'

/** The jobs that talk to the store. Each has a connection, and in distributed mode an account, of its own. */
export type StoreJob =
  | 'migrate'
  | 'ingest'
  | 'charts'
  | 'merges'
  | 'editors'
  | 'account'
  | 'exports'
  | 'audit'
  | 'site'
  | 'upload'
  | 'privacy'
  | 'retention'
  | 'rotation'
  | 'backup'

/** Rows that go into one table, already encoded: one JSON object a line. */
export interface EncodedRows {
  readonly table: string
  readonly lines: Uint8Array
}

export interface StoreConnection {
  /** The official client. Settings of a query stand in its SQL (`SETTINGS …`), so that both adapters run the same text. */
  readonly client: ClickHouseClient
  /**
   * Writes rows in one insert; resolves when they are durable. Rejects with `store-unavailable` or `store-refused`.
   */
  insert(rows: EncodedRows): Promise<void>
  /** Rows of a query as objects; 64-bit integers come as strings. Rejects as {@link insert}. */
  rows<Row>(sql: string, params?: Record<string, unknown>): Promise<Row[]>
  /** The same as text, one JSON object a line, for a thread that parses what would hold up the event loop. Rejects as {@link insert}. */
  lines(sql: string, params?: Record<string, unknown>): Promise<string>
  /** Runs a statement that answers nothing. Rejects as {@link insert}. */
  run(sql: string, params?: Record<string, unknown>): Promise<void>
}

export interface Store {
  /** The connection of a job, opened at first use. */
  connect(job: StoreJob): StoreConnection
  /** Resolves when the store answers; rejects with `store-unavailable`. */
  ping(): Promise<void>
  close(): Promise<void>
}
