/**
 * A connection of the store to the engine in this process.
 * @module
 */
import { Readable } from 'node:stream'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import type { Session } from 'chdb'
import { createChdbConnection } from './chdb-connection.ts'
import { type ClientTransport, createClientConnection, queryLines, queryRows } from './client-connection.ts'
import type { StoreConnection } from './store.ts'

/** Over a session that is its own from now on, whatever role that has. */
export function createChdbStoreConnection(session: Session): StoreConnection {
  return createClientConnection(createTransport(createClient({ connection: createChdbConnection(session) })))
}

function createTransport(client: ClickHouseClient): ClientTransport {
  return {
    client,
    async insert(table, lines) {
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} FORMAT JSONEachRow`,
        values: Readable.from([Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength)], { objectMode: false }),
      })
      stream.destroy()
    },
    query: (sql, params) => queryRows(client, sql, params),
    lines: (sql, params) => queryLines(client, sql, params),
    async command(sql, params) {
      await client.command({ query: sql, query_params: params })
    },
  }
}
