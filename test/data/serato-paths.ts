/**
 * What Serato's session files hold that must never be kept, and all else that is text in them: a reader of its own, which
 * shares nothing with the importer's.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedData } from '../support/shared-data.ts'

const seratoFolder = join(sharedData, 'serato')

const CHUNK_BYTES_MAX = 1024 * 1024
const PATH = 2
const FOLDER = 3
const COMMENT = 17
const COMMENT_NAME = 64
/** Texts that may be kept: file name, title, artist, album, genre, length, rates, remixer, label, composer, year, key. */
const KEPT = new Set([4, 6, 7, 8, 9, 10, 11, 13, 14, 20, 21, 22, 23, 51])

/** Paths of all session files. */
export function seratoFiles(): string[] {
  const names = readdirSync(seratoFolder).filter((name) => name.endsWith('.session'))
  return names.map((name) => join(seratoFolder, name))
}

export interface SeratoTexts {
  /** Names of folders on the way to a file. */
  readonly folders: ReadonlySet<string>
  readonly comments: ReadonlySet<string>
  /** All texts that may be kept, one a line. */
  readonly kept: string
}

/** The texts of all records of all files, of deleted and overwritten ones too. */
export function readSeratoTexts(): SeratoTexts {
  const folders = new Set<string>()
  const comments = new Set<string>()
  const kept: string[] = []
  for (const path of seratoFiles()) {
    for (const [id, value] of fieldsOf(readFileSync(path))) {
      const text = new TextDecoder('utf-16be').decode(value).replace(/\0+$/, '')
      const parts = text.split(/[/\\]/).filter((part) => part !== '')
      if (id === PATH) for (const part of parts.slice(0, -1)) folders.add(part)
      if (id === FOLDER) for (const part of parts) folders.add(part)
      if ((id === COMMENT || id === COMMENT_NAME) && text.trim() !== '') comments.add(text.trim())
      if (KEPT.has(id)) kept.push(text)
    }
  }
  return { folders, comments, kept: kept.join('\n') }
}

/** Field ids and values of every `adat` in a file, wherever it stands. */
function* fieldsOf(bytes: Buffer): Generator<[number, Buffer]> {
  for (let at = bytes.indexOf('adat'); at !== -1; at = bytes.indexOf('adat', at + 4)) {
    if (at + 8 > bytes.length) return
    const length = bytes.readUInt32BE(at + 4)
    if (length > CHUNK_BYTES_MAX) continue
    const body = bytes.subarray(at + 8, at + 8 + length)
    for (let place = 0; place + 8 <= body.length; ) {
      const end = place + 8 + body.readUInt32BE(place + 4)
      yield [body.readUInt32BE(place), body.subarray(place + 8, end)]
      place = end
    }
  }
}
