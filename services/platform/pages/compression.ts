/**
 * Compression of answers, in the smallest form that a reader understands.
 *
 * Source: RFC 9110, 12.5.3 (`Accept-Encoding`).
 * @module
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'

export type Encoding = 'br' | 'gzip'

/** Less than this grows or stays within one packet. */
const COMPRESSED_BYTES_MIN = 1024

/** Nearly as small as the best, in a tenth of the time: a chart takes some milliseconds. */
const BROTLI_QUALITY = 6

const compressions: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: promisify<Buffer, Buffer>(gzip),
}

export function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  return compressions[encoding](bytes)
}

/** Whether it gets smaller by it: fonts and images are compressed already, but for drawings. */
export function isCompressible({ bytes, contentType }: { readonly bytes: Buffer; readonly contentType: string }) {
  return bytes.length >= COMPRESSED_BYTES_MIN && !/^(font|image\/(?!svg))/.test(contentType)
}

/** The smallest form that the header takes, by name; one that it gives `q=0` it does not take. */
export function chooseEncoding(header: string | undefined): Encoding | undefined {
  const taken = new Set(
    (header ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((piece) => piece.trim()))
      .filter(([, weight = 'q=1']) => !/^q=0(\.0*)?$/.test(weight))
      .map(([name]) => name),
  )
  return (['br', 'gzip'] as const).find((encoding) => taken.has(encoding))
}

/** Adds a name to `Vary`, beside those that are there. */
export function addVary(reply: FastifyReply, name: string): void {
  const present = reply.getHeader('vary')
  reply.header('vary', present === undefined ? name : `${String(present)}, ${name}`)
}
