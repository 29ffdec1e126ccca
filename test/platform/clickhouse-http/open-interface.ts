import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseLogLevel,
  createClient,
} from '@clickhouse/client'
import { afterAll, beforeAll } from 'vitest'
import { openChdbEngine } from '#platform/clickhouse-http/chdb-engine.ts'
import { handleClickhouseRequest } from '#platform/clickhouse-http/handle-request.ts'

/** The interface of the tests in a file, under a path, with few places for statements. */
export interface OpenInterface {
  /** Ends with the path. */
  readonly url: string
  client(options?: ClickHouseClientConfigOptions): ClickHouseClient
  /** Sends a text as the body of a request. */
  post(query: string, parameters?: Record<string, string>, headers?: Record<string, string>): Promise<Response>
}

export const STATEMENTS_MAX = 3

/** Opens it before the tests of the file, and closes it behind them. */
export function openInterface(): OpenInterface {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  const engine = openChdbEngine({
    folder: join(folder, 'engine'),
    settings: { session_timezone: 'UTC' },
    statementsMax: STATEMENTS_MAX,
  })
  const server = createServer(
    (request, response) =>
      void handleClickhouseRequest(request, response, { openEngine: async () => engine, prefix: '/sql' }),
  )
  const clients: ClickHouseClient[] = []
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(async () => {
    for (const client of clients) await client.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    get url() {
      return `${origin()}/sql`
    },
    client(options = {}) {
      const client = createClient({
        url: origin(),
        pathname: '/sql',
        log: { level: ClickHouseLogLevel.OFF },
        ...options,
      })
      clients.push(client)
      return client
    },
    post: (query, parameters = {}, headers = {}) =>
      fetch(`${origin()}/sql/?${new URLSearchParams(parameters)}`, { method: 'POST', body: query, headers }),
  }
}
