/**
 * What both adapters of the store share: statements through the official client, errors from the catalogue.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { TonearmError } from '../errors/tonearm-error.ts'
import { toClusterQuery, toClusterStatements } from './cluster-statements.ts'
import type { StoreConnection } from './store.ts'
import { engineErrorNumber, passingErrors, toInsertError, toStoreError } from './store-errors.ts'

/** How an adapter sends what it is given. Each rejects with whatever it met. */
export interface ClientTransport {
  readonly client: ClickHouseClient
  /** Writes rows, one JSON object a line. */
  readonly insert: (table: string, lines: Uint8Array) => Promise<void>
  readonly query: <Row>(sql: string, params: Record<string, unknown>) => Promise<Row[]>
  readonly lines: (sql: string, params: Record<string, unknown>) => Promise<string>
  readonly command: (sql: string, params: Record<string, unknown>) => Promise<void>
}

const ATTEMPTS_MAX = 20
const ATTEMPT_PAUSE_MS = 25

export function createClientConnection({ client, insert, query, lines, command }: ClientTransport): StoreConnection {
  return {
    client,
    insert: ({ table, lines }) => mapped(toInsertError, () => insert(table, lines)),
    rows: <Row>(sql: string, params: Record<string, unknown> = {}) =>
      mapped(toStoreError, () => query<Row>(sql, params)),
    lines: (sql, params = {}) => mapped(toStoreError, () => lines(sql, params)),
    run: (sql, params = {}) => mapped(toStoreError, () => undisturbed(() => command(sql, params))),
  }
}

/** A way to a server becomes one to its cluster. */
export function overCluster(transport: ClientTransport, cluster: string): ClientTransport {
  return {
    ...transport,
    query: (sql, params) => transport.query(toClusterQuery(sql, cluster), params),
    lines: (sql, params) => transport.lines(toClusterQuery(sql, cluster), params),
    async command(sql, params) {
      for (const statement of toClusterStatements(sql, cluster)) await transport.command(statement, params)
    },
  }
}

/** Reads rows; 64-bit integers come as text. */
export async function queryRows<Row>(
  client: ClickHouseClient,
  sql: string,
  params: Record<string, unknown>,
): Promise<Row[]> {
  const result = await client.query({ query: sql, format: 'JSONEachRow', query_params: params })
  return await result.json<Row>()
}

/** The same, one JSON object a line. */
export async function queryLines(
  client: ClickHouseClient,
  sql: string,
  params: Record<string, unknown>,
): Promise<string> {
  const result = await client.query({ query: sql, format: 'JSONEachRow', query_params: params })
  return await result.text()
}

/**
 * Runs a statement again whose mutation another one has cancelled: making deleted rows leave the disk (`purge.ts`) does that
 * to deletions in the same table that are under way. The engine finishes them by itself; only who waits is told otherwise,
 * and deleting twice deletes the same.
 */
async function undisturbed(statement: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await statement()
      return
    } catch (cause) {
      if (engineErrorNumber(cause) !== passingErrors.UNFINISHED || attempt === ATTEMPTS_MAX) throw cause
      await sleep(ATTEMPT_PAUSE_MS * attempt)
    }
  }
}

async function mapped<T>(toError: (cause: unknown) => TonearmError, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw toError(cause)
  }
}
