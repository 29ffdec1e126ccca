/**
 * Restores a backup into a data folder without data.
 *
 * All of it happens in a folder beside where it belongs, and is moved there when it is done: a restore that breaks off
 * leaves a folder that nothing reads and that the next one removes.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { flushFolder } from '#platform/data-folder/flush-folder.ts'
import { lockFolder } from '#platform/data-folder/lock.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { openEmbeddedEventLog, renewLogIdentity } from '#platform/event-log/embedded-event-log.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { checkMasterKey } from '#platform/store/key-check.ts'
import { migrate } from '#platform/store/migrate.ts'
import { finishRotation } from '../../privacy/rotation/rotate-contributor-key.ts'
import { readAbout } from '../backup/about.ts'
import { unpackFiles } from '../backup/archive.ts'
import { type FoundBackup, findBackup } from '../backup/backup-folder.ts'
import type { BackupKeys } from '../backup/backup-keys.ts'
import { DATA_FILE, openManifest } from '../backup/manifest.ts'
import { openStream } from '../backup/sealed-stream.ts'
import type { StandaloneConfig } from '../standalone-config.ts'
import { attachParts } from './attach-parts.ts'
import { findKeys } from './find-keys.ts'
import { findLedger } from './find-ledger.ts'
import { settleLog } from './settle-log.ts'
import { trustedOrigin } from './trusted-origin.ts'

export interface RestoreOptions {
  readonly config: StandaloneConfig
  /** A backup, or a folder of backups, of which the newest is taken. */
  readonly folder: string
  readonly keysFolder: string | undefined
  /** File of the ledger of erasures; `none` where there was none. */
  readonly ledger: string | 'none' | undefined
  readonly logger: FastifyBaseLogger
  readonly clock: () => number
  readonly onProgress: (bytesDone: number, bytesTotal: number) => void
}

export interface Restored {
  readonly backup: string
  readonly madeAt: string
  /** Erasures of after the backup that were applied again. */
  readonly erasuresApplied: number
}

/**
 * Rejects with `backup-refused` where the backup, its keys or the ledger do not allow it, or the data folder has data, and
 * with `key-mismatch` for another master key; the data folder then has none.
 */
export async function runRestore(options: RestoreOptions): Promise<Restored> {
  const { config, folder, clock } = options
  const dataDir = config.DATA_DIR
  const found = await findBackup(folder)
  const origin = trustedOrigin(found)
  const keys = findKeys({ config, keysFolder: options.keysFolder, origin })
  const backupKeys = openManifest(found.manifest, keys.backupKey, clock())
  const ledger = await findLedger({ config, named: options.ledger, origin })
  const unlock = lockFolder(dataDir)
  const staging = join(dataDir, 'restoring')
  try {
    for (const name of ['store', 'log']) {
      if (existsSync(join(dataDir, name))) {
        throw new TonearmError('backup-refused', `${dataDir} has data already: restore into a new folder (DATA_DIR)`)
      }
    }
    await rm(staging, { recursive: true, force: true })
    await mkdir(staging, { mode: 0o700 })
    await unpack(found, backupKeys, staging, options.onProgress)
    const about = await readAbout(staging)
    ledger.check(about.newestErasure)
    const madeAtMs = Date.parse(found.manifest.madeAt)
    const erasuresApplied = await settle(options, {
      staging,
      migration: about.migration,
      masterKey: keys.masterKey,
      ledger: await ledger.keep(),
      erasures: { entries: ledger.entries, madeAtMs },
    })
    await keys.copyTo(dataDir)
    // The store first: with it alone a service refuses to start, and with the log alone it would begin anew.
    await rename(join(staging, 'settled-store'), join(dataDir, 'store'))
    await rename(join(staging, 'log'), join(dataDir, 'log'))
    await flushFolder(dataDir)
    return { backup: found.path, madeAt: found.manifest.madeAt, erasuresApplied }
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined)
    unlock()
  }
}

async function unpack(
  { path, manifest }: FoundBackup,
  keys: BackupKeys,
  staging: string,
  onProgress: RestoreOptions['onProgress'],
): Promise<void> {
  async function* sealed(): AsyncGenerator<Buffer> {
    let bytesDone = 0
    // A stream without an encoding hands out buffers.
    for await (const piece of createReadStream(join(path, DATA_FILE)) as AsyncIterable<Buffer>) {
      bytesDone = Math.min(bytesDone + piece.length, manifest.bytes)
      onProgress(bytesDone, manifest.bytes)
      yield piece
    }
  }
  try {
    const noncePrefix = Buffer.from(manifest.noncePrefix, 'base64')
    await unpackFiles(openStream(sealed(), { key: keys.data, noncePrefix }), staging)
  } catch (error) {
    if (error instanceof TonearmError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new TonearmError('backup-refused', `the backup cannot be read, or not be written: ${detail}`, error)
  }
}

/** Opens what was unpacked, and brings it to where it may serve. */
async function settle(
  { logger, clock }: RestoreOptions,
  unpacked: {
    readonly staging: string
    readonly migration: number
    readonly masterKey: Buffer
    readonly ledger: ErasureLedger
    readonly erasures: Parameters<typeof settleLog>[1]
  },
): Promise<number> {
  const { staging, migration, masterKey, ledger, erasures } = unpacked
  const store = openEmbeddedStore({ folder: join(staging, 'settled-store') })
  try {
    if ((await migrate(store, clock, migration)).at(-1) !== migration) {
      throw new TonearmError('store-newer', `the backup has migration ${migration}, which this version does not know`)
    }
    await attachParts(store.connect('backup'), join(staging, 'store'))
    await migrate(store, clock)
    const pseudonyms = createPseudonyms(masterKey)
    await checkMasterKey(store.connect('migrate'), pseudonyms.keyCheck, clock)
    // What is ingested and erased here stands under the key that the backup had in use.
    await finishRotation({ store: store.connect('rotation'), pseudonyms, clock, randomBytes })
    await renewLogIdentity(join(staging, 'log'))
    const log = openEmbeddedEventLog({ folder: join(staging, 'log'), clock })
    try {
      return await settleLog({ store, log, pseudonyms, ledger, logger, clock }, erasures)
    } finally {
      await log.close()
    }
  } finally {
    await store.close()
  }
}
