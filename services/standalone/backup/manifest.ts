/**
 * What a backup tells without its key: that it is one, when it was made, when it expires, how large it is, and where the
 * data, the keys and the ledger of erasures lay. Nothing of what is in the data. Nobody changes it unnoticed.
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { type BackupKeys, deriveBackupKeys } from './backup-keys.ts'
import { NONCE_PREFIX_BYTES } from './sealed-stream.ts'

const FORMAT = 'tonearm-backup'
const VERSION = 1
const MANIFEST_FILE = 'manifest.json'
/** The encrypted stream, beside the manifest. */
export const DATA_FILE = 'data'

const base64 = (bytes: number) => Type.String({ pattern: `^[A-Za-z0-9+/]{${Math.ceil((bytes * 4) / 3)}}=*$` })
const time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' })

const Manifest = Type.Object({
  format: Type.Literal(FORMAT),
  version: Type.Literal(VERSION),
  madeAt: time,
  expiresAt: time,
  /** Files of the log and the store in it. */
  files: Type.Integer({ minimum: 0 }),
  /** Of these files together. */
  bytes: Type.Integer({ minimum: 0 }),
  salt: base64(32),
  noncePrefix: base64(NONCE_PREFIX_BYTES),
  keyCheck: base64(16),
  /** Where a restore on the same machine finds what is not in the backup. A key of the environment has no file. */
  origin: Type.Object({
    masterKeyFile: Type.Optional(Type.String()),
    backupKeyFile: Type.Optional(Type.String()),
    tokenKeyFile: Type.Optional(Type.String()),
    erasureLedger: Type.String(),
  }),
  mac: base64(32),
})
export type Manifest = Static<typeof Manifest>
const compiled = Compile(Manifest)

/** What its writer says of a backup; the rest follows from the key. */
export type BackupFacts = Pick<Manifest, 'files' | 'bytes' | 'origin'> & {
  readonly madeAtMs: number
  readonly expiresAtMs: number
  readonly salt: Buffer
  readonly noncePrefix: Buffer
}

/** The manifest as the text of its file. */
export function writeManifest(facts: BackupFacts, keys: BackupKeys): string {
  const { madeAtMs, expiresAtMs, files, bytes, salt, noncePrefix, origin } = facts
  const said: Omit<Manifest, 'mac'> = {
    format: FORMAT,
    version: VERSION,
    madeAt: new Date(madeAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
    files,
    bytes,
    salt: salt.toString('base64'),
    noncePrefix: noncePrefix.toString('base64'),
    keyCheck: keys.check.toString('base64'),
    origin,
  }
  return `${JSON.stringify({ ...said, mac: macOf(said, keys).toString('base64') }, undefined, 2)}\n`
}

export function manifestFile(backup: string): string {
  return join(backup, MANIFEST_FILE)
}

/** The manifest of a backup's folder; `undefined` where there is none that this version can read. */
export async function readManifest(backup: string): Promise<Manifest | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(manifestFile(backup), 'utf8'))
    return compiled.Check(manifest) ? manifest : undefined
  } catch {
    return undefined
  }
}

/**
 * The keys of a backup. Throws `backup-refused` where the key is another one's, where the manifest was changed, and where
 * the backup has expired: an erasure is only remembered for as long as a backup from before it can be restored.
 */
export function openManifest(manifest: Manifest, backupKey: Buffer, nowMs: number): BackupKeys {
  const keys = deriveBackupKeys(backupKey, Buffer.from(manifest.salt, 'base64'))
  if (!isSame(keys.check, manifest.keyCheck)) throw refused('the key is not the one that this backup was made with')
  const { mac, ...said } = manifest
  if (!isSame(macOf(said, keys), mac)) throw refused('the manifest of the backup was changed')
  if (Date.parse(manifest.expiresAt) <= nowMs) throw refused(`the backup has expired, on ${manifest.expiresAt}`)
  return keys
}

/** Over the members in the order in which they were written, which reading JSON keeps. */
function macOf(said: Omit<Manifest, 'mac'>, keys: BackupKeys): Buffer {
  return createHmac('sha256', keys.manifest).update(JSON.stringify(said)).digest()
}

function isSame(expected: Buffer, base64Text: string): boolean {
  const given = Buffer.from(base64Text, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function refused(why: string): TonearmError {
  return new TonearmError('backup-refused', why)
}
