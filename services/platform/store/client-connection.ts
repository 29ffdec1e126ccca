/**
 * What both adapters of the store share: statements through the official client, errors from the catalogue.
 * @module
 */
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { TonearmError } from '../errors/tonearm-error.ts'
import type { StoreConnection } from './store.ts'

/**
 * ClickHouse's error numbers that pass: timeouts, memory, disk, network, too many parts or queries, shutdown.
 * Source: `src/Common/ErrorCodes.cpp` of ClickHouse.
 */
const passingErrors = new Set([159, 164, 202, 203, 209, 210, 241, 242, 243, 252, 279, 341, 425, 439, 599, 733, 999])

/** A mutation was cancelled or killed before its end. */
const UNFINISHED = 341
const ATTEMPTS_MAX = 20
const ATTEMPT_PAUSE_MS = 25

/** Error numbers of a value that does not fit its column. Source as above. */
const rowErrors = new Set([6, 19, 25, 26, 27, 38, 41, 53, 69, 70, 72, 117, 129, 130, 131, 190, 349, 407, 691])

export function createClientConnection(client: ClickHouseClient): StoreConnection {
  return {
    client,
    insert: ({ table, lines }) =>
      mapped(toInsertError, async () => {
        const { stream } = await client.exec({
          query: `INSERT INTO ${table} FORMAT JSONEachRow`,
          values: Readable.from([Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength)], { objectMode: false }),
        })
        stream.destroy()
      }),
    rows: <Row>(sql: string, params?: Record<string, unknown>) =>
      mapped(toStoreError, async () => {
        const result = await client.query({ query: sql, format: 'JSONEachRow', query_params: params ?? {} })
        return await result.json<Row>()
      }),
    run: (sql, params) =>
      mapped(toStoreError, () =>
        undisturbed(async () => {
          await client.command({ query: sql, query_params: params ?? {} })
        }),
      ),
  }
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
      if (engineErrorNumber(cause) !== UNFINISHED || attempt === ATTEMPTS_MAX) throw cause
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

/** Only while rows are written a value that does not fit is the row's fault; in a query it is the statement's. */
function toInsertError(cause: unknown): TonearmError {
  const number = engineErrorNumber(cause)
  if (number !== undefined && rowErrors.has(number))
    return new TonearmError('row-refused', `ClickHouse error ${number}`, cause)
  return toStoreError(cause)
}

/** Only the engine's number goes into the message: its text may quote data. The whole stays in `cause`. */
function toStoreError(cause: unknown): TonearmError {
  const number = engineErrorNumber(cause)
  if (number !== undefined) {
    const code = passingErrors.has(number) ? 'store-unavailable' : 'store-refused'
    return new TonearmError(code, `ClickHouse error ${number}`, cause)
  }
  // A defect of ours (a text too long for the language, a wrong argument) does not pass by waiting.
  if (cause instanceof RangeError || cause instanceof TypeError || cause instanceof SyntaxError) {
    return new TonearmError('store-refused', `the answer could not be used: ${cause.name}`, cause)
  }
  return new TonearmError('store-unavailable', 'the store did not answer', cause)
}

function engineErrorNumber(cause: unknown): number | undefined {
  if (!(cause instanceof Error)) return undefined
  const code = 'code' in cause ? String(cause.code) : undefined
  const text = code !== undefined && /^\d+$/.test(code) ? code : /Code: (\d+)/.exec(cause.message)?.[1]
  return text === undefined ? undefined : Number(text)
}
