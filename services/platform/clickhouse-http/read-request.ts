/**
 * Reads a request of ClickHouse's HTTP interface: the statement out of the address, the body or both, with what stands
 * around it in parameters and headers.
 * Source: https://clickhouse.com/docs/interfaces/http
 * @module
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { ClickhouseException } from './exception.ts'
import { readBody, readForm, readWhole } from './read-body.ts'
import { type InsertStatement, readStatement, type Statement } from './read-statement.ts'

/** Who asks; a bearer's token is the password of no name. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

export interface ClickhouseRequest {
  readonly statement: Statement
  /** Rows of an insert. */
  readonly data: AsyncIterable<Uint8Array>
  readonly params: ReadonlyMap<string, string>
  readonly settings: ReadonlyMap<string, string>
  readonly database: string | undefined
  readonly defaultFormat: string
  /** `wait_end_of_query`. */
  readonly isWhole: boolean
}

/** What an interface takes. */
export interface RequestLimits {
  /** A statement, with the parameters that are sent with it, is no longer than this; rows that follow it may be. */
  readonly queryBytesMax?: number
  /** Parameters of the interface that are passed over, because here they could mean nothing. */
  readonly passedOver?: ReadonlySet<string>
}

const QUERY_BYTES_MAX = 16 * 1024 * 1024
/** Where rows follow, the statement in front of them is no longer than this. */
const INSERT_HEAD_BYTES_MAX = 256 * 1024

/** Parameters of the interface that are no settings of the engine. */
const ownFields = new Set(
  ['query', 'query_id', 'user', 'password', 'database', 'default_format', 'wait_end_of_query', 'quota_key'].concat([
    'buffer_size',
    'stacktrace',
    'client_protocol_version',
    'session_timeout',
    'session_check',
  ]),
)
/** What there is not. Passed over in silence, the client would go on with something else. */
const refusedFields = new Set(['session_id', 'role', 'compress', 'decompress'])

/** Who asks: by the header of HTTP, by those of ClickHouse, or in the address. */
export function readCredentials(headers: IncomingHttpHeaders, address: URLSearchParams): Credentials {
  const [, scheme = '', value = ''] = /^(Basic|Bearer) (.*)$/i.exec(headers.authorization ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return { user: '', password: value }
  if (scheme !== '') {
    const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? []
    return { user, password }
  }
  return {
    user: first(headers['x-clickhouse-user']) ?? address.get('user') ?? 'default',
    password: first(headers['x-clickhouse-key']) ?? address.get('password') ?? '',
  }
}

/** @throws ClickhouseException for what cannot be read, or is not done here */
export async function readRequest(
  request: IncomingMessage,
  address: URLSearchParams,
  { queryBytesMax = QUERY_BYTES_MAX, passedOver = new Set() }: RequestLimits = {},
): Promise<ClickhouseRequest> {
  const { statement, data, form } = await readParts(request, address.get('query'), queryBytesMax)
  const fields = new Map([...address, ...form])
  const params = new Map<string, string>()
  const settings = new Map<string, string>()
  for (const [name, value] of fields) {
    if (passedOver.has(name)) continue
    if (refusedFields.has(name)) {
      if (value === '' || value === '0') continue
      throw new ClickhouseException('NOT_IMPLEMENTED', `${name} is not supported here`)
    }
    if (name.startsWith('param_')) params.set(name.slice('param_'.length), value)
    else if (!ownFields.has(name)) settings.set(name, value)
  }
  const { headers } = request
  const defaultFormat = fields.get('default_format') ?? first(headers['x-clickhouse-format']) ?? 'TabSeparated'
  // It comes to stand in a statement.
  if (!/^[A-Za-z]\w{0,100}$/.test(defaultFormat)) {
    throw new ClickhouseException('UNKNOWN_FORMAT', 'Unknown format')
  }
  return {
    statement,
    data,
    params,
    settings,
    database: fields.get('database') ?? first(headers['x-clickhouse-database']),
    defaultFormat,
    isWhole: ['1', 'true'].includes(fields.get('wait_end_of_query') ?? ''),
  }
}

interface Parts {
  readonly statement: Statement
  readonly data: AsyncIterable<Uint8Array>
  readonly form: ReadonlyMap<string, string>
}

async function readParts(request: IncomingMessage, given: string | null, bytesMax: number): Promise<Parts> {
  const body = readBody(request)
  const contentType = request.headers['content-type'] ?? ''
  if (/^multipart\/form-data/i.test(contentType)) {
    const form = readForm(contentType, await readWhole(body, bytesMax))
    const text = [given, form.get('query')].filter((part) => typeof part === 'string').join('\n')
    return { statement: readStatement(text), data: nothing(), form }
  }
  const parts = await readText(body, Buffer.from(given === null ? '' : `${given}\n`), bytesMax)
  return { ...parts, form: new Map() }
}

/** The statement goes on in the body where the address does not end it, and rows begin where it ends. */
async function readText(body: AsyncGenerator<Buffer>, given: Buffer, bytesMax: number): Promise<Omit<Parts, 'form'>> {
  let bytes = given
  for (;;) {
    const insert = bytes.length > INSERT_HEAD_BYTES_MAX || bytes === given ? readInsertHead(bytes) : undefined
    if (insert !== undefined) return { statement: insert, data: joined(bytes.subarray(insert.dataStart), body) }
    if (bytes.length > bytesMax) break
    const next = await body.next()
    if (next.done === true) break
    bytes = Buffer.concat([bytes, next.value])
  }
  if (bytes.length > bytesMax) {
    throw new ClickhouseException('QUERY_IS_TOO_LARGE', `the query is longer than ${bytesMax} bytes`)
  }
  const insert = readInsertHead(Buffer.concat([bytes, Buffer.from('\n')]))
  if (insert !== undefined) return { statement: insert, data: joined(bytes.subarray(insert.dataStart), body) }
  return { statement: readStatement(bytes.toString()), data: nothing() }
}

/**
 * The statement at the begin of bytes that rows follow, which are no text; `undefined` while it may go on in what has not
 * come yet. Its positions are those of bytes.
 */
function readInsertHead(bytes: Buffer): InsertStatement | undefined {
  const text = bytes.subarray(0, INSERT_HEAD_BYTES_MAX).toString('latin1')
  if (!/\binsert\b/i.test(text.slice(0, 1_000))) return undefined
  try {
    const statement = readStatement(text)
    if (statement.kind !== 'insert') return undefined
    const isEnded = statement.dataStart < text.length || /\s$/.test(text)
    return isEnded ? { ...statement, head: toUtf8(statement.head), settings: toUtf8(statement.settings) } : undefined
  } catch {
    return undefined
  }
}

const toUtf8 = (bytesAsText: string) => Buffer.from(bytesAsText, 'latin1').toString()

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

async function* joined(begin: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (begin.length > 0) yield begin
  yield* rest
}

async function* nothing(): AsyncGenerator<Buffer> {}
