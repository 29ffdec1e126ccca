/**
 * Many files as one stream: for each file the length of its path (u16), its path, its length (u64) and its bytes; a path
 * of length 0 is the end.
 * @module
 */
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'

export interface ArchiveFile {
  /** In the archive, with `/` between folders. */
  readonly path: string
  readonly bytes: number
  /** Where its bytes are; a file that does not change any more. */
  readonly from: string | Buffer
}

const READ_BYTES = 256 * 1024
/** A segment begins with what no `.` and `..` begins with; nothing of it means anything to a file system. */
const safePath = /^[a-z0-9_][\w.%-]*(\/[a-z0-9_][\w.%-]*)*$/i

/** @throws `backup-refused` where a file is not as long as it was said to be. */
export async function* packFiles(files: Iterable<ArchiveFile>): AsyncGenerator<Buffer> {
  for (const { path, bytes, from } of files) {
    // What could not be restored must not be written.
    if (!safePath.test(path)) throw new RangeError('A path of the archive cannot be unpacked again')
    const name = Buffer.from(path)
    const head = Buffer.alloc(2 + name.length + 8)
    head.writeUInt16BE(name.length)
    name.copy(head, 2)
    head.writeBigUInt64BE(BigInt(bytes), 2 + name.length)
    yield head
    let left = bytes
    const content = typeof from === 'string' ? createReadStream(from, { highWaterMark: READ_BYTES }) : [from]
    // A stream without an encoding hands out buffers.
    for await (const piece of content as AsyncIterable<Buffer>) {
      left -= piece.length
      yield piece
    }
    if (left !== 0) throw new TonearmError('backup-refused', 'a file of the snapshot has changed its length')
  }
  yield Buffer.alloc(2)
}

/**
 * Writes the files of an archive into a folder, each flushed. Resolves with their number.
 *
 * @throws `backup-refused` where the stream is no such archive; part of its files is then written.
 */
export async function unpackFiles(stream: AsyncIterable<Buffer>, folder: string): Promise<number> {
  const bytes = createByteReader(stream)
  for (let files = 0; ; files += 1) {
    const pathBytes = (await bytes.take(2)).readUInt16BE()
    if (pathBytes === 0) {
      await bytes.expectEnd()
      return files
    }
    const path = (await bytes.take(pathBytes)).toString()
    if (!safePath.test(path)) throw notAnArchive()
    let left = Number((await bytes.take(8)).readBigUInt64BE())
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const file = await open(target, 'wx', 0o600)
    try {
      while (left > 0) {
        const piece = await bytes.takeSome(left)
        await file.writeFile(piece)
        left -= piece.length
      }
      await file.sync()
    } finally {
      await file.close()
    }
  }
}

interface ByteReader {
  /** Exactly so many bytes. */
  take(count: number): Promise<Buffer>
  /** Some bytes, at least one and no more than that. */
  takeSome(max: number): Promise<Buffer>
  expectEnd(): Promise<void>
}

function createByteReader(stream: AsyncIterable<Buffer>): ByteReader {
  const pieces = stream[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)

  const reader: ByteReader = {
    async take(count) {
      const parts: Buffer[] = []
      for (let left = count; left > 0; ) {
        const part = await reader.takeSome(left)
        parts.push(part)
        left -= part.length
      }
      return Buffer.concat(parts)
    },
    async takeSome(max) {
      while (held.length === 0) {
        const next = await pieces.next()
        if (next.done === true) throw notAnArchive()
        held = next.value
      }
      const some = held.subarray(0, max)
      held = held.subarray(some.length)
      return some
    },
    async expectEnd() {
      if (held.length > 0 || (await pieces.next()).done !== true) throw notAnArchive()
    },
  }
  return reader
}

function notAnArchive(): TonearmError {
  return new TonearmError('backup-refused', 'the backup holds something else than this version writes')
}
