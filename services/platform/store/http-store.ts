/**
 * The store on a ClickHouse server, over HTTP.
 *
 * Each job has a client of its own, with its own few connections and its own patience. What may be sent again after a
 * connection broke, and what may not, is decided here statement by statement
 * (`docs/decisions/0017-clickhouse-over-http-and-clusters.md`).
 * @module
 */
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import {
  type ClientTransport,
  createClientConnection,
  overCluster,
  queryLines,
  queryRows,
} from './client-connection.ts'
import { clusterSettings, serverSettings } from './engine-settings.ts'
import { formOf } from './parameter-form.ts'
import type { Store, StoreConnection, StoreJob } from './store.ts'
import { hasNotBegun, isConnectionBroken, toStoreError } from './store-errors.ts'

export interface HttpStoreOptions {
  /** Address of the HTTP interface. */
  readonly url: string
  readonly user: string
  readonly password?: string | undefined
  /** Name of the cluster that the tables are spread over; not given for one server. */
  readonly cluster?: string | undefined
}

/** Jobs that somebody waits for: they hear soon that the store is away. The others may have statements of many minutes. */
const promptJobs: ReadonlySet<StoreJob> = new Set(['site', 'upload', 'account', 'audit', 'editors', 'ingest'])
const PROMPT_MS_MAX = 60_000
/** Without a sign of the server. Deletions give none; what is gone without a word, the operating system tells by itself. */
const PATIENT_MS_MAX = 60 * 60_000
/** Signs that a statement is still running are headers of its answer, and an hour of them has to fit. */
const HEADERS_BYTES_MAX = 128 * 1024
const CONNECTIONS_MAX = 8
/** Less than a server's `keep_alive_timeout` (10 s), so that no statement goes out on a connection that it is closing. */
const IDLE_MS_MAX = 2_500
const ATTEMPTS_MAX = 3
const ATTEMPT_PAUSE_MS = 100
/** Smaller rows are sent as they are. */
const COMPRESSED_BYTES_MIN = 4_096

const compress = promisify(gzip)

/** Opens the store at a server. Nothing is sent before the first statement. */
export function openHttpStore({ url, user, password = '', cluster }: HttpStoreOptions): Store {
  const connections = new Map<StoreJob, StoreConnection>()

  function open(job: StoreJob): StoreConnection {
    const client = createClient({
      url,
      username: user,
      password,
      application: `tonearm-${job}`,
      request_timeout: promptJobs.has(job) ? PROMPT_MS_MAX : PATIENT_MS_MAX,
      max_open_connections: CONNECTIONS_MAX,
      max_response_headers_size: HEADERS_BYTES_MAX,
      compression: { response: true, request: false },
      keep_alive: { enabled: true, idle_socket_ttl: IDLE_MS_MAX, eagerly_destroy_stale_sockets: true },
      // Parameters that are too long for an address go as a form.
      use_multipart_params_auto: true,
      clickhouse_settings: { ...serverSettings, ...(cluster === undefined ? {} : clusterSettings) },
      // Its lines hold addresses and statements; what went wrong comes as an error.
      log: { level: ClickHouseLogLevel.OFF },
    })
    const transport = createTransport(client)
    return createClientConnection(cluster === undefined ? transport : overCluster(transport, cluster))
  }

  const store: Store = {
    connect(job) {
      const connection = connections.get(job) ?? open(job)
      connections.set(job, connection)
      return connection
    },
    async ping() {
      const result = await store.connect('audit').client.ping({ select: true })
      if (!result.success) throw toStoreError(result.error)
    },
    async close() {
      const opened = [...connections.values()]
      connections.clear()
      for (const { client } of opened) await client.close()
    },
  }
  return store
}

function createTransport(client: ClickHouseClient): ClientTransport {
  return {
    client,
    async insert(table, lines) {
      const isCompressed = lines.byteLength >= COMPRESSED_BYTES_MIN
      const body = isCompressed ? await compress(lines, { level: 1 }) : lines
      const headers: Record<string, string> = isCompressed ? { 'Content-Encoding': 'gzip' } : {}
      await again(isKeyed(table), () => post(client, `INSERT INTO ${table} FORMAT JSONEachRow`, body, headers))
    },
    query: (sql, params) => again(true, () => queryRows(client, sql, params)),
    lines: (sql, params) => again(true, () => queryLines(client, sql, params)),
    command: (sql, params) =>
      again(false, async () => {
        if (Object.keys(params).length === 0) await client.command({ query: sql })
        else {
          const { body, contentType } = formOf(params)
          await post(client, sql, body, { 'Content-Type': contentType })
        }
      }),
  }
}

/** Sends a statement with a body, and reads the answer to its end, so that the connection can be used again. */
async function post(
  client: ClickHouseClient,
  query: string,
  body: Uint8Array,
  headers: Record<string, string>,
): Promise<void> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const { stream } = await client.exec({
    query,
    values: Readable.from([bytes], { objectMode: false }),
    http_headers: headers,
  })
  for await (const _chunk of stream) {
    // There is nothing in it.
  }
}

/** Rows of all tables but those that a build fills are known by a key, or are marks that may stand twice. */
export const isKeyed = (table: string): boolean => !/^charts\.(build|analytics)_(?!shown|spent)/.test(table)

/**
 * Sends again what met a short disturbance. A statement that did not begin may always be sent again. Where a connection
 * broke, it may have been carried out, or still be: only what changes nothing when it is done twice is sent again then.
 */
async function again<T>(isRepeatable: boolean, send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send()
    } catch (cause) {
      const mayRepeat = hasNotBegun(cause) || (isRepeatable && isConnectionBroken(cause))
      if (!mayRepeat || attempt === ATTEMPTS_MAX) throw cause
      await sleep(ATTEMPT_PAUSE_MS * attempt)
    }
  }
}
