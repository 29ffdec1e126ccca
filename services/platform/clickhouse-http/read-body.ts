/**
 * The body of a request as bytes, whatever it was compressed with; of a form its fields.
 * @module
 */
import type { IncomingMessage } from 'node:http'
import { pipeline, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { ClickhouseException } from './exception.ts'

const decompressors: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Yields what was sent. Throws a ClickhouseException for what cannot be decompressed. */
export async function* readBody(request: IncomingMessage): AsyncGenerator<Buffer> {
  const encoding = request.headers['content-encoding'] ?? ''
  if (encoding === '' || encoding === 'identity') {
    yield* request
    return
  }
  const create = decompressors[encoding]
  if (create === undefined) {
    throw new ClickhouseException('NOT_IMPLEMENTED', `Content-Encoding ${encoding} is not supported here`)
  }
  try {
    // The callback is there so that a broken pipe ends the reading below and nothing else.
    yield* pipeline(request, create(), () => undefined)
  } catch (cause) {
    throw new ClickhouseException('CANNOT_DECOMPRESS', `the body is no ${encoding}`, cause)
  }
}

/** Reads all of a body. @throws ClickhouseException for a longer one */
export async function readWhole(body: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > bytesMax)
      throw new ClickhouseException('QUERY_IS_TOO_LARGE', `the query is longer than ${bytesMax} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The fields of `multipart/form-data`, in which clients send parameters that are too long for an address. */
export function readForm(contentType: string, body: Buffer): Map<string, string> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) throw new ClickhouseException('BAD_ARGUMENTS', 'a form without a boundary')
  const fields = new Map<string, string>()
  // As bytes that are characters, so that the parts' own bytes come through as they are.
  for (const part of `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`).slice(1, -1)) {
    const [, head = '', value = ''] = /^\r\n(.*?)\r\n\r\n(.*)$/s.exec(part) ?? []
    const name = /;\s*name="([^"]*)"/i.exec(head)?.[1]
    if (name === undefined || /;\s*filename=/i.test(head)) {
      throw new ClickhouseException('NOT_IMPLEMENTED', 'tables in a form are not supported here')
    }
    fields.set(name, Buffer.from(value, 'latin1').toString())
  }
  return fields
}
