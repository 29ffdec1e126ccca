/**
 * chDB as a connection of the official ClickHouse client.
 *
 * The package's own connection takes no engine arguments and copies the body of an insert into the statement's text;
 * this one passes `connectionArgs` on and hands bytes over as they are. The contract is `Connection` of
 * `@clickhouse/client`, through its (experimental) `connection` option.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { formatQueryParams } from '@clickhouse/client/dist/common/data_formatter/index.js'
import type { NodeClickHouseClientConfigOptions } from '@clickhouse/client/dist/config.js'
import type { Session } from 'chdb'
import { namesParameter, quoteText } from '../clickhouse-http/quote-text.ts'

type Connection = NonNullable<NodeClickHouseClientConfigOptions['connection']>
type QueryParams = Parameters<Connection['query']>[0]
type InsertParams = Parameters<Connection['insert']>[0]
type ExecParams = Parameters<Connection['exec']>[0]

/** Settings of the HTTP interface that the client adds by itself and the engine in the process does not know. */
const httpOnlySettings = new Set(['wait_end_of_query', 'send_progress_in_http_headers'])

const emptySummary = {
  read_rows: '0',
  read_bytes: '0',
  written_rows: '0',
  written_bytes: '0',
  result_rows: '0',
  result_bytes: '0',
  total_rows_to_read: '0',
  elapsed_ns: '0',
}

export function createChdbConnection(session: Session): Connection {
  const parametersSet = new Set<string>()

  async function runStatement(params: QueryParams, body?: Buffer): Promise<Buffer> {
    refuseSettings(params.clickhouse_settings)
    if (body !== undefined) {
      // The engine takes the rows behind the statement; only inserts come this way.
      const { table, format } = parseInsert(params.query)
      await session.insert({ table, format, values: body })
      return Buffer.alloc(0)
    }
    const parameters = params.query_params ?? {}
    refuseMissing(params.query, parameters)
    for (const name of Object.keys(parameters)) parametersSet.add(name)
    // One call, so that no other statement comes in between and finds, or changes, the parameters of this one.
    const result = await session.queryAsync(setParameters(parameters) + params.query, {})
    return Buffer.from(result.bytes())
  }

  /** A parameter stays on the connection; a statement that was not given it must not find that of an earlier one. */
  function refuseMissing(query: string, given: Record<string, unknown>): void {
    for (const name of parametersSet) {
      if (Object.hasOwn(given, name) || !namesParameter(query, name)) continue
      throw new Error(`Code: 456. DB::Exception: Substitution \`${name}\` is not set. (UNKNOWN_QUERY_PARAMETER)`)
    }
  }

  const base = (params: QueryParams) => ({
    query_id: params.query_id ?? randomUUID(),
    response_headers: {},
    http_status_code: 200,
  })

  return {
    async query(params) {
      return { stream: toStream(await runStatement(params)), ...base(params) }
    },
    async command(params) {
      await runStatement(params)
      return { ...base(params), summary: emptySummary }
    },
    async exec(params: ExecParams) {
      const body = params.values === undefined ? undefined : await toBuffer(params.values)
      const bytes = body?.length === 0 ? Buffer.alloc(0) : await runStatement(params, body)
      return { stream: toStream(bytes), ...base(params), summary: emptySummary }
    },
    async insert(params: InsertParams) {
      const body = await toBuffer(params.values)
      if (body.length > 0) await runStatement(params, body)
      return { ...base(params), summary: emptySummary }
    },
    async ping() {
      try {
        await session.queryAsync('SELECT 1', { format: 'TSV' })
        return { success: true }
      } catch (cause) {
        return { success: false, error: cause instanceof Error ? cause : new Error(String(cause)) }
      }
    },
    async close() {
      session.close()
    },
  }
}

/**
 * Parameters of a statement as a `SET` before it. The package can bind them by itself, but for one statement at a time in
 * the whole process, so that a reader would wait for whatever another connection computes (measured: 2.9 s beside a
 * statement of 3 s, 2 ms this way).
 */
function setParameters(params: Record<string, unknown>): string {
  const values = Object.entries(params).map(([name, value]) => {
    if (!/^\w+$/.test(name)) throw new Error('a parameter has a word for a name')
    return `param_${name} = ${quoteText(formatQueryParams({ value }))}`
  })
  return values.length === 0 ? '' : `SET ${values.join(', ')}; `
}

/** A `SET` would stay on this connection for later statements; so settings stand in the statement itself. */
function refuseSettings(settings: QueryParams['clickhouse_settings']): void {
  for (const name of Object.keys(settings ?? {})) {
    if (!httpOnlySettings.has(name)) throw new Error(`put the setting ${name} into the statement (SETTINGS …)`)
  }
}

function parseInsert(statement: string): { table: string; format: 'JSONEachRow' } {
  const match = /^\s*INSERT\s+INTO\s+([\w.]+)\s+FORMAT\s+JSONEachRow\s*$/i.exec(statement)
  if (match?.[1] === undefined) throw new Error('only INSERT INTO table FORMAT JSONEachRow takes a body')
  return { table: match[1], format: 'JSONEachRow' }
}

async function toBuffer(values: string | Readable): Promise<Buffer> {
  if (typeof values === 'string') return Buffer.from(values)
  const chunks: Buffer[] = []
  for await (const chunk of values) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}

function toStream(bytes: Buffer): Readable {
  const stream = Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false })
  // The client destroys a result that nobody reads with an error; without a listener that would end the process.
  stream.on('error', () => undefined)
  return stream
}
