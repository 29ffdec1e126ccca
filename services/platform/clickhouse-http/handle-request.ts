/**
 * ClickHouse's HTTP interface in front of an engine, for a server of Node.js or behind a route of Fastify.
 *
 * @example
 * createServer((request, response) => void handleClickhouseRequest(request, response, { openEngine })).listen(8123)
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AnswerHead, chooseEncoding, sendAnswer, sendException } from './answer.ts'
import type { ClickhouseEngine } from './engine.ts'
import { ClickhouseException, toException } from './exception.ts'
import { type Credentials, type RequestLimits, readCredentials, readRequest } from './read-request.ts'
import type { Statement } from './read-statement.ts'

export interface ClickhouseHttpOptions extends RequestLimits {
  /** The engine for who asks. Rejects with a ClickhouseException (`AUTHENTICATION_FAILED`). */
  readonly openEngine: (credentials: Credentials) => Promise<ClickhouseEngine>
  /** Path that the interface lies under, without a slash at its end. */
  readonly prefix?: string
  /** Whether a request without a path and a statement is a question for life too, as at a server. */
  readonly livesAtRoot?: boolean
  /** How long a client may take to send its request; as long as it likes where it is not given. */
  readonly sendingMsMax?: number
  /** How long an answer may stand still because its client does not read it. */
  readonly readingMsMax?: number
  /** What is still read of a request that was refused, so that its client comes to the answer. */
  readonly leftBytesMax?: number
}

/** How often a client that asked for progress hears that its statement is still running, where it does not say. */
const PROGRESS_INTERVAL_MS = 10_000
const changing =
  /^(?:INSERT|ALTER|CREATE|DROP|TRUNCATE|DELETE|UPDATE|OPTIMIZE|RENAME|EXCHANGE|ATTACH|DETACH|KILL|SYSTEM|GRANT|REVOKE|BACKUP|RESTORE|UNDROP|MOVE)$/

/** Answers a request. Never rejects. */
export async function handleClickhouseRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: ClickhouseHttpOptions,
): Promise<void> {
  const {
    openEngine,
    prefix = '',
    livesAtRoot = true,
    sendingMsMax,
    readingMsMax,
    leftBytesMax = Number.POSITIVE_INFINITY,
  } = options
  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?')
  const place = path.startsWith(prefix) ? path.slice(prefix.length) : undefined
  const address = new URLSearchParams(query)
  if (isQuestionForLife(request, place, livesAtRoot && !address.has('query'))) return sendOk(response)
  if (place !== '' && place !== '/') return sendNotFound(response, path)
  // What the client names its query by is data of the client's, and it stands in a header.
  const asked = address.get('query_id') ?? ''
  let head: AnswerHead = {
    queryId: /^[\w.:-]{1,200}$/.test(asked) ? asked : randomUUID(),
    version: '',
    encoding: undefined,
  }
  const gone = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = sendingMsMax === undefined ? undefined : setTimeout(() => request.destroy(), sendingMsMax)
  response.once('close', () => {
    clearTimeout(late)
    gone.abort()
  })
  try {
    const engine = await openEngine(readCredentials(request.headers, address))
    head = { ...head, version: engine.version }
    const { statement, data, ...rest } = await readRequest(request, address, options)
    if (statement.kind !== 'insert') clearTimeout(late)
    if (request.method !== 'POST') refuseChanges(statement)
    head = { ...head, encoding: chooseEncoding(request.headers, rest.settings) }
    timer = tellProgress(response, rest.settings)
    const answer = await engine.run({ statement, data, ...rest, queryId: head.queryId, signal: gone.signal })
    clearInterval(timer)
    if (readingMsMax !== undefined) response.setTimeout(readingMsMax, () => response.destroy())
    await sendAnswer(response, head, answer)
  } catch (cause) {
    clearInterval(timer)
    sendException(response, head, toException(cause))
    // Rows that are still on their way are not wanted, but the client reads the answer only behind them.
    readLeft(request, leftBytesMax)
  }
}

function readLeft(request: IncomingMessage, bytesMax: number): void {
  let bytes = 0
  // Who has read it so far has given up in the middle, and would keep it from flowing.
  request.removeAllListeners('readable')
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bytesMax) request.destroy()
  })
  request.resume()
}

const splitOnce = (text: string, sign: string) => {
  const at = text.indexOf(sign)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function isQuestionForLife({ method }: IncomingMessage, place: string | undefined, countsRoot: boolean): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return place === '/ping' || place === '/replicas_status' || (countsRoot && (place === '' || place === '/'))
}

function sendOk(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' })
  response.end('Ok.\n')
}

function sendNotFound(response: ServerResponse, path: string): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=UTF-8' })
  response.end(`There is no handle ${encodeURI(path.slice(0, 200))}\n`)
}

/** An address is followed by whoever finds it; so what it holds changes nothing. */
function refuseChanges(statement: Statement): void {
  const verb = statement.kind === 'other' ? statement.verb : statement.kind === 'insert' ? 'INSERT' : 'SELECT'
  if (!changing.test(verb)) return
  throw new ClickhouseException(
    'READONLY',
    'Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. You should use method POST for modifying queries.',
  )
}

/** Keeps the connection from looking dead while a statement runs for minutes. */
function tellProgress(response: ServerResponse, settings: ReadonlyMap<string, string>): NodeJS.Timeout | undefined {
  if (settings.get('send_progress_in_http_headers') !== '1') return undefined
  const asked = Number(settings.get('http_headers_progress_interval_ms'))
  const intervalMs = asked > 0 ? asked : PROGRESS_INTERVAL_MS
  return setInterval(() => {
    if (!response.headersSent && !response.destroyed) response.writeProcessing()
  }, intervalMs)
}
