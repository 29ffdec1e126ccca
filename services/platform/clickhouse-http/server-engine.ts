/**
 * A ClickHouse server behind ClickHouse's HTTP interface: a statement goes on to it, and its answer comes back as it comes.
 * @module
 */
import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http'
import { request as requestTls, Agent as TlsAgent } from 'node:https'
import { text } from 'node:stream/consumers'
import type { ClickhouseEngine, EngineAnswer, EngineStatement } from './engine.ts'
import { ClickhouseException } from './exception.ts'
import { readBody, readWhole } from './read-body.ts'
import type { Statement } from './read-statement.ts'

export interface ServerEngineOptions {
  /** Address of the server's HTTP interface. */
  readonly url: string
  readonly user: string
  readonly password?: string | undefined
  /** Connections to it, each for one statement. */
  readonly connectionsMax: number
}

export interface ServerEngine extends ClickhouseEngine {
  close(): void
}

/** An exception is a line; what is longer is none. */
const EXCEPTION_BYTES_MAX = 64 * 1024
/** Less than a server's `keep_alive_timeout` (10 s), so that no statement goes out on a connection that it is closing. */
const IDLE_MS_MAX = 2_500
const ANSWER_MS_MAX = 3_700_000

const EXCEPTION =
  /Code: (?<code>\d+)\. DB::Exception: (?<message>[\s\S]*?) ?\((?<type>[A-Z0-9_]+)\)(?: \(version (?<version>[\d.]+)[^)]*\))?\s*$/

/** Nothing is sent before the first statement. */
export function createServerEngine({ url, user, password = '', connectionsMax }: ServerEngineOptions): ServerEngine {
  const address = new URL(url)
  const isTls = address.protocol === 'https:'
  // The limit is that of connections that nobody uses; a statement under way has its own.
  const pooled = { keepAlive: true, maxSockets: connectionsMax, timeout: IDLE_MS_MAX }
  const agent = isTls ? new TlsAgent(pooled) : new PlainAgent(pooled)
  let version = ''

  function send(asked: EngineStatement, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
    const target = new URL(address)
    for (const [name, value] of parametersOf(asked)) target.searchParams.append(name, value)
    const request = (isTls ? requestTls : requestPlain)(
      target,
      {
        method: 'POST',
        agent,
        timeout: ANSWER_MS_MAX,
        headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password, 'user-agent': 'tonearm-analyst' },
        signal: asked.signal,
      },
      onAnswer,
    )
    request.end(textOf(asked.statement))
    return request
  }

  async function run(asked: EngineStatement): Promise<EngineAnswer> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      send(asked, resolve).once('error', (cause) => reject(toOutage(cause, asked.signal)))
    })
    if (answer.statusCode !== 200) throw await readException(answer)
    const {
      'x-clickhouse-format': format,
      'x-clickhouse-summary': summary,
      'x-clickhouse-exception-tag': tag,
    } = answer.headers
    return {
      format: one(format),
      body: readBody(answer),
      summary: readSummary(one(summary)),
      ...(one(tag) === undefined ? {} : { exceptionTag: one(tag) ?? '' }),
      async close() {
        // What nobody reads to its end is ended at the server by the end of its connection.
        if (!answer.readableEnded) answer.destroy()
      },
    }
  }

  return {
    get version() {
      return version
    },
    async run(asked) {
      if (version === '') version = await readVersion(run)
      return await run(asked)
    },
    close: () => agent.destroy(),
  }
}

async function readVersion(run: ClickhouseEngine['run']): Promise<string> {
  const none = (async function* () {})()
  const answer = await run({
    statement: { kind: 'select', body: 'SELECT version()', format: 'TSVRaw', tail: '' },
    data: none,
    params: new Map(),
    settings: new Map(),
    database: undefined,
    defaultFormat: 'TSVRaw',
    isWhole: true,
    signal: AbortSignal.timeout(IDLE_MS_MAX * 4),
  })
  return (await text(answer.body)).trim()
}

function parametersOf(asked: EngineStatement): [string, string][] {
  const { settings, params, database, defaultFormat, isWhole, queryId } = asked
  return [
    ['default_format', defaultFormat],
    ...(database === undefined ? [] : [['database', database] as [string, string]]),
    ...(queryId === undefined ? [] : [['query_id', queryId] as [string, string]]),
    // Whatever the account may do: this only reads.
    ['readonly', '2'],
    // Who goes away does not want the rest.
    ['cancel_http_readonly_queries_on_client_close', '1'],
    ...(isWhole ? [['wait_end_of_query', '1'] as [string, string]] : []),
    ...settings,
    ...[...params].map(([name, value]): [string, string] => [`param_${name}`, value]),
  ]
}

function textOf(statement: Statement): string {
  if (statement.kind === 'select' && statement.format !== undefined) {
    return `${statement.body}\nFORMAT ${statement.format} ${statement.tail}`
  }
  if (statement.kind === 'insert') throw new ClickhouseException('READONLY', 'Cannot insert through this interface')
  return statement.kind === 'other' ? statement.text : `${statement.body} ${statement.tail}`
}

async function readException(answer: IncomingMessage): Promise<ClickhouseException> {
  const body = await readWhole(readBody(answer), EXCEPTION_BYTES_MAX).catch(() => Buffer.alloc(0))
  const { code, message = '', type = '' } = EXCEPTION.exec(body.toString())?.groups ?? {}
  // Something else answered in its place.
  if (code === undefined) return new ClickhouseException('NETWORK_ERROR', 'the store is out of reach', undefined, 503)
  // Its own account is wrong: nothing that who asks can do something about.
  if (answer.headers['www-authenticate'] !== undefined || type === 'AUTHENTICATION_FAILED') {
    return new ClickhouseException('NETWORK_ERROR', 'the store refuses the service', undefined, 503)
  }
  return new ClickhouseException({ code: Number(code), type }, message)
}

function toOutage(cause: Error, signal: AbortSignal): ClickhouseException {
  if (signal.aborted) return new ClickhouseException('QUERY_WAS_CANCELLED', 'Query was cancelled', cause)
  return new ClickhouseException('NETWORK_ERROR', 'the store is out of reach', cause, 503)
}

function readSummary(header: string | undefined): Readonly<Record<string, string>> {
  try {
    const given: unknown = JSON.parse(header ?? '{}')
    const entries = Object.entries(typeof given === 'object' && given !== null ? given : {})
    return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string')) as Record<string, string> // as filtered
  } catch {
    return {}
  }
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
