/**
 * gzip within limits, in place of kafkajs' own.
 *
 * A consumer asks for compressed bytes and has to hold what becomes of them. What an uploader repeats a million times
 * compresses to a thousandth, so a small answer of the brokers could fill the memory of whoever reads it, again after
 * every start. So what compresses by more than `RATIO_MAX` is written uncompressed, within gzip's own format.
 * @module
 */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
// What Node.js sees of its names in a module of the older kind ends before these.
import kafkajs from 'kafkajs'

const gzipped = promisify(gzip)
const gunzipped = promisify(gunzip)

/** Sessions come to a tenth or a twentieth. */
export const RATIO_MAX = 64
/** Above what any batch of ours holds; others' writing is refused before it fills the memory. */
const BATCH_BYTES_MAX = 256 * 1024 * 1024

/** Makes it the codec of every client of this process: kafkajs knows one for each number. */
export function useBoundedGzip(): void {
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.GZIP] = () => codec
}

const codec = {
  async compress({ buffer }: { readonly buffer: Buffer }): Promise<Buffer> {
    const compressed = await gzipped(buffer)
    return compressed.length * RATIO_MAX < buffer.length ? await gzipped(buffer, { level: 0 }) : compressed
  },

  decompress: (buffer: Buffer): Promise<Buffer> => gunzipped(buffer, { maxOutputLength: BATCH_BYTES_MAX }),
}
