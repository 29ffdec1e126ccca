/**
 * Writes answers of ClickHouse's HTTP interface: headers, compression, and exceptions, also those that come when half of
 * the answer is out.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { PassThrough, Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliCompress, createDeflate, createGzip, constants as zlib } from 'node:zlib'
import type { EngineAnswer } from './engine.ts'
import { type ClickhouseException, exceptionStatus, exceptionText, toException } from './exception.ts'

export interface AnswerHead {
  readonly queryId: string
  readonly version: string
  /** `Content-Encoding` that the client takes and has asked for. */
  readonly encoding: Encoding | undefined
}

type Encoding = keyof typeof compressors

/** Fast rather than small: an answer is read once, and often on the machine that wrote it. */
const compressors = {
  gzip: () => createGzip({ level: 1 }),
  deflate: () => createDeflate({ level: 1 }),
  br: () => createBrotliCompress({ params: { [zlib.BROTLI_PARAM_QUALITY]: 1 } }),
} satisfies Record<string, () => Transform>

const mediaTypes: readonly (readonly [RegExp, string])[] = [
  [
    /^(JSONEachRow|JSONLines|NDJSON|JSONCompact\w*EachRow\w*|JSONStringsEachRow\w*)$/,
    'application/x-ndjson; charset=UTF-8',
  ],
  [/^JSON/, 'application/json; charset=UTF-8'],
  [/^(CSV|CustomSeparated)/, 'text/csv; charset=UTF-8; header=present'],
  [/^(TabSeparated|TSV|Raw|LineAsString)/, 'text/tab-separated-values; charset=UTF-8'],
  [/^(Pretty|Vertical|Values|Markdown|SQLInsert|Null)/, 'text/plain; charset=UTF-8'],
  [/^XML$/, 'application/xml; charset=UTF-8'],
]

/** The first of the client's encodings that there is; only where it asks for compression by the setting, as at a server. */
export function chooseEncoding(
  headers: IncomingHttpHeaders,
  settings: ReadonlyMap<string, string>,
): Encoding | undefined {
  if (settings.get('enable_http_compression') !== '1') return undefined
  const accepted = String(headers['accept-encoding'] ?? '').split(',')
  const names = accepted.map((entry) => entry.split(';', 1)[0]?.trim() ?? '')
  return names.find((name): name is Encoding => Object.hasOwn(compressors, name))
}

/** Sends an answer to its end. Resolves when it is out or the client is gone. */
export async function sendAnswer(response: ServerResponse, head: AnswerHead, answer: EngineAnswer): Promise<void> {
  const tag = answer.exceptionTag ?? randomBytes(8).toString('hex')
  response.writeHead(200, {
    ...headersOf(head),
    'content-type': mediaTypeOf(answer.format),
    ...(answer.format === undefined ? {} : { 'x-clickhouse-format': answer.format }),
    ...(head.encoding === undefined ? {} : { 'content-encoding': head.encoding }),
    'x-clickhouse-summary': JSON.stringify(answer.summary),
    'x-clickhouse-exception-tag': tag,
  })
  const compressor = head.encoding === undefined ? new PassThrough() : compressors[head.encoding]()
  // A client that goes away is no error of the server; its answer is given up.
  await pipeline(Readable.from(bodyOf(answer, head.version, tag)), compressor, response).catch(() => response.destroy())
  await answer.close()
}

/** What is out cannot be taken back, so the exception stands at the end, marked as servers since 25.11 mark it. */
async function* bodyOf({ body }: EngineAnswer, version: string, tag: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    const text = exceptionText(toException(cause), version)
    const length = Buffer.byteLength(text)
    yield Buffer.from(`\r\n__exception__\r\n${tag}\r\n${text}${length} ${tag}\r\n__exception__\r\n`)
  }
}

/** Answers with an exception, before anything else was sent. */
export function sendException(response: ServerResponse, head: AnswerHead, exception: ClickhouseException): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(exceptionStatus(exception), {
    ...headersOf(head),
    'content-type': 'text/plain; charset=UTF-8',
    'x-clickhouse-exception-code': exception.code,
    ...(exception.type === 'AUTHENTICATION_FAILED'
      ? { 'www-authenticate': 'Basic realm="ClickHouse server HTTP API"' }
      : {}),
  })
  response.end(exceptionText(exception, head.version))
}

const headersOf = ({ queryId }: AnswerHead) => ({
  'x-clickhouse-query-id': queryId,
  'x-clickhouse-timezone': 'UTC',
  'x-clickhouse-server-display-name': 'tonearm',
})

function mediaTypeOf(format: string | undefined): string {
  if (format === undefined) return 'text/plain; charset=UTF-8'
  return mediaTypes.find(([pattern]) => pattern.test(format))?.[1] ?? 'application/octet-stream'
}
