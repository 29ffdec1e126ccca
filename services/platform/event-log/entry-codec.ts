/**
 * An entry of the embedded log as bytes: when it was taken, some short texts, and the payload as it came.
 *
 *     version u8 | appendedAtMs f64 | for each text: length u16, UTF-8 | payload to the end      (big-endian)
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'

const VERSION = 1
const HEAD_BYTES = 9
const TEXT_BYTES_MAX = 0xffff

export interface Entry {
  readonly appendedAtMs: number
  /** Their number is not written: a reader knows what it reads. */
  readonly texts: readonly string[]
  readonly payload: Uint8Array
}

/** @throws RangeError for a text of more than 65,535 bytes. */
export function encodeEntry({ appendedAtMs, texts, payload }: Entry): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text))
  if (lengths.some((length) => length > TEXT_BYTES_MAX)) {
    throw new RangeError(`A text of the log may have ${TEXT_BYTES_MAX} bytes`)
  }
  const textBytes = lengths.reduce((sum, length) => sum + 2 + length, 0)
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + textBytes + payload.length)
  bytes.writeUInt8(VERSION, 0)
  bytes.writeDoubleBE(appendedAtMs, 1)
  let at = HEAD_BYTES
  texts.forEach((text, index) => {
    at = bytes.writeUInt16BE(lengths[index] ?? 0, at)
    at += bytes.write(text, at)
  })
  bytes.set(payload, at)
  return bytes
}

/** The payload is a view of `bytes`. @throws TonearmError `log-unavailable` for bytes that this version did not write. */
export function decodeEntry(bytes: Buffer, textCount: number): Entry {
  try {
    const appendedAtMs = appendedAtMsOf(bytes)
    const texts: string[] = []
    let at = HEAD_BYTES
    while (texts.length < textCount) {
      const length = bytes.readUInt16BE(at)
      if (at + 2 + length > bytes.length) throw new RangeError('A text ends past its entry')
      texts.push(bytes.toString('utf8', at + 2, at + 2 + length))
      at += 2 + length
    }
    return { appendedAtMs, texts, payload: bytes.subarray(at) }
  } catch (error) {
    if (error instanceof TonearmError) throw error
    throw new TonearmError('log-unavailable', 'An entry of the event log is damaged', error)
  }
}

/** When an entry was taken, without reading the rest of it. */
export function appendedAtMsOf(bytes: Buffer): number {
  const version = bytes[0]
  if (version !== VERSION || bytes.length < HEAD_BYTES) {
    throw new TonearmError('log-unavailable', `An entry of the event log has the unknown version ${version ?? 'none'}`)
  }
  return bytes.readDoubleBE(1)
}
