/**
 * What a backup says of itself under its encryption, as the first file of its archive.
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { ArchiveFile } from './archive.ts'

const ABOUT_FILE = 'about.json'

const About = Type.Object({
  /** The newest migration that the tables have. */
  migration: Type.Integer({ minimum: 1 }),
  /** Receipt hash of the newest erasure in the ledger: a ledger without it is an older one, or another service's. */
  newestErasure: Type.Optional(Type.String()),
})
export type About = Static<typeof About>
const compiled = Compile(About)

export function aboutFile(about: About): ArchiveFile {
  const from = Buffer.from(JSON.stringify(about))
  return { path: ABOUT_FILE, bytes: from.length, from }
}

/** Reads it from the folder that the archive was unpacked to. Throws `backup-refused` where it is another version's. */
export async function readAbout(folder: string): Promise<About> {
  const text = await readFile(join(folder, ABOUT_FILE), 'utf8').catch(() => 'null')
  const about: unknown = JSON.parse(text)
  if (!compiled.Check(about)) {
    throw new TonearmError('backup-refused', 'the backup holds something else than this version writes')
  }
  return about
}
