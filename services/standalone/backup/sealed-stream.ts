/**
 * Encryption of a stream of any length in bounded memory: AES-256-GCM over chunks of 64 KiB.
 *
 * The nonce of a chunk is a prefix of the stream, the chunk's number and whether it is the last, so that a chunk that is
 * changed, missing, repeated or in another place is noticed, and so is a stream that was cut, even between two chunks.
 * Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its
 * Nonce-Reuse Misuse-Resistance" (2015), as the formats of age and of Tink use it.
 * @module
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { TonearmError } from '#platform/errors/tonearm-error.ts'

export const NONCE_PREFIX_BYTES = 7
const CHUNK_BYTES = 64 * 1024
const TAG_BYTES = 16
const CHUNKS_MAX = 2 ** 32
const ALGORITHM = 'aes-256-gcm'

export interface StreamKey {
  /** 32 bytes, of this stream alone. */
  readonly key: Buffer
  /** {@link NONCE_PREFIX_BYTES} random bytes. */
  readonly noncePrefix: Buffer
}

export async function* sealStream(plain: AsyncIterable<Buffer>, streamKey: StreamKey): AsyncGenerator<Buffer> {
  for await (const { chunk, number, isLast } of inChunks(plain, CHUNK_BYTES)) {
    const cipher = createCipheriv(ALGORITHM, streamKey.key, nonceOf(streamKey, number, isLast))
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  }
}

/** The plain bytes again, each chunk only when it was found genuine. Throws `backup-refused` at the first that is not. */
export async function* openStream(sealed: AsyncIterable<Buffer>, streamKey: StreamKey): AsyncGenerator<Buffer> {
  for await (const { chunk, number, isLast } of inChunks(sealed, CHUNK_BYTES + TAG_BYTES)) {
    const tagAt = chunk.length - TAG_BYTES
    if (tagAt < 0) throw damaged(number)
    const decipher = createDecipheriv(ALGORITHM, streamKey.key, nonceOf(streamKey, number, isLast))
    decipher.setAuthTag(chunk.subarray(tagAt))
    const plain = decipher.update(chunk.subarray(0, tagAt))
    try {
      decipher.final()
    } catch {
      throw damaged(number)
    }
    yield plain
  }
}

interface Chunk {
  readonly chunk: Buffer
  /** From 0 on. */
  readonly number: number
  readonly isLast: boolean
}

/** Chunks of this size and a last one, which may be smaller: there is one even where nothing came. */
async function* inChunks(source: AsyncIterable<Buffer>, chunkBytes: number): AsyncGenerator<Chunk> {
  let held: Buffer[] = []
  let heldBytes = 0
  let number = 0
  for await (const piece of source) {
    held.push(piece)
    heldBytes += piece.length
    // A full chunk is held back until something follows it, for it may be the last.
    if (heldBytes <= chunkBytes) continue
    const all = Buffer.concat(held)
    let at = 0
    for (; all.length - at > chunkBytes; at += chunkBytes) {
      yield { chunk: all.subarray(at, at + chunkBytes), number, isLast: false }
      number += 1
    }
    held = [all.subarray(at)]
    heldBytes = all.length - at
  }
  yield { chunk: Buffer.concat(held), number, isLast: true }
}

function nonceOf({ noncePrefix }: StreamKey, number: number, isLast: boolean): Buffer {
  if (number >= CHUNKS_MAX) throw new RangeError('A stream may have 256 TiB')
  const nonce = Buffer.alloc(NONCE_PREFIX_BYTES + 5)
  noncePrefix.copy(nonce)
  nonce.writeUInt32BE(number, NONCE_PREFIX_BYTES)
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_PREFIX_BYTES + 4)
  return nonce
}

function damaged(chunk: number): TonearmError {
  return new TonearmError('backup-refused', `the backup is damaged or not complete, in chunk ${chunk} of its data`)
}
