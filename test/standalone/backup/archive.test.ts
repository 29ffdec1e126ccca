import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ArchiveFile, packFiles, unpackFiles } from '../../../services/standalone/backup/archive.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const fileOf = (path: string, text: string): ArchiveFile => {
  const from = Buffer.from(text)
  return { path, bytes: from.length, from }
}

async function pack(files: readonly ArchiveFile[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of packFiles(files)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function* byteByByte(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1)
}

describe('an archive', () => {
  it('unpacks to the same files, in the same folders', async () => {
    const source = join(temporaryFolder(), 'data.bin')
    writeFileSync(source, Buffer.alloc(600_000, 'on disk'))
    const folder = temporaryFolder()
    const files = [
      fileOf('store/playlists.sessions/all_1_1_0/tracks%2Etitle.bin', 'titles'),
      fileOf('store/playlists.sessions/all_1_1_0/empty.bin', ''),
      { path: 'log/data.mdb', bytes: 600_000, from: source },
    ]
    async function* stream() {
      yield* packFiles(files)
    }
    expect(await unpackFiles(stream(), folder)).toBe(3)
    const part = join(folder, 'store', 'playlists.sessions', 'all_1_1_0')
    expect(readdirSync(part).sort()).toEqual(['empty.bin', 'tracks%2Etitle.bin'])
    expect(readFileSync(join(part, 'tracks%2Etitle.bin'), 'utf8')).toBe('titles')
    expect(readFileSync(join(folder, 'log', 'data.mdb')).equals(readFileSync(source))).toBe(true)
  })

  it('is read in whatever pieces it comes', async () => {
    const folder = temporaryFolder()
    expect(await unpackFiles(byteByByte(await pack([fileOf('a/b', 'text'), fileOf('c', 'more')])), folder)).toBe(2)
    expect(readFileSync(join(folder, 'a', 'b'), 'utf8')).toBe('text')
    expect(readFileSync(join(folder, 'c'), 'utf8')).toBe('more')
  })

  it('is not unpacked to its end where something is missing or behind it', async () => {
    const whole = await pack([fileOf('a', 'text')])
    for (const bytes of [whole.subarray(0, -1), whole.subarray(0, 5), Buffer.alloc(0), Buffer.concat([whole, whole])]) {
      await expect(unpackFiles(byteByByte(bytes), temporaryFolder())).rejects.toMatchObject({ code: 'backup-refused' })
    }
  })

  it.each(['../outside', '/absolute', 'a/../../b', '.', 'a//b', 'a/.hidden'])(
    'neither takes nor unpacks the path %s',
    async (path) => {
      await expect(pack([fileOf(path, 'text')])).rejects.toThrow(RangeError)
      const placeholder = 'x'.repeat(path.length)
      const bytes = await pack([fileOf(placeholder, 'text')])
      bytes.write(path, 2)
      await expect(unpackFiles(byteByByte(bytes), temporaryFolder())).rejects.toMatchObject({ code: 'backup-refused' })
    },
  )

  it('takes no file that is longer or shorter than it was said to be', async () => {
    for (const bytes of [3, 5]) {
      const file = { ...fileOf('a', 'text'), bytes }
      await expect(pack([file])).rejects.toMatchObject({ code: 'backup-refused' })
    }
  })
})
