/**
 * `npm run backup -- FOLDER`: an encrypted backup of the data folder `DATA_DIR`, made by the service that runs on it, or
 * by this process where none does.
 * @module
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import Type from 'typebox'
import Value from 'typebox/value'
import { callControl } from '#platform/control/call-control.ts'
import { lockFolder } from '#platform/data-folder/lock.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import { createJobTurns } from '#platform/scheduling/mutex.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { readStandaloneConfig, type StandaloneConfig } from '../standalone-config.ts'
import { backupDependencies } from './backup-dependencies.ts'
import { createByteProgress } from './byte-progress.ts'
import { erasureLedgerFile } from './ledger-file.ts'
import { refuseServers } from './refuse-servers.ts'
import { type BackupMade, writeBackup } from './write-backup.ts'

const USAGE = 'Usage: npm run backup -- FOLDER'

async function main(): Promise<void> {
  const folder = readFolder()
  if (folder === undefined) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  const { config } = readStandaloneConfig(process.env)
  refuseServers(config)
  const progress = createByteProgress(process.stderr)
  try {
    const answer = await callControl(config.DATA_DIR, 'backup', { folder }, ({ bytesDone, bytesTotal }) =>
      progress.update(Number(bytesDone), Number(bytesTotal)),
    )
    const made = answer.isRunning
      ? toBackupMade(answer.result)
      : await backUpFolder(config, folder, ({ bytesDone, bytesTotal }) => progress.update(bytesDone, bytesTotal))
    progress.stop()
    tell(made)
  } finally {
    progress.stop()
  }
}

function readFolder(): string | undefined {
  try {
    const { positionals } = parseArgs({ allowPositionals: true })
    const [folder] = positionals
    return folder === undefined || folder === '' || positionals.length > 1 ? undefined : resolve(folder)
  } catch {
    return undefined
  }
}

/** While nobody has the data folder open. */
async function backUpFolder(
  config: StandaloneConfig,
  folder: string,
  onProgress: Parameters<typeof writeBackup>[2],
): Promise<BackupMade> {
  const { DATA_DIR: dataDir } = config
  if (!existsSync(join(dataDir, 'store')) || !existsSync(join(dataDir, 'log'))) {
    throw new TonearmError('backup-refused', `there is nothing to back up in ${resolve(dataDir)}`)
  }
  const unlock = lockFolder(dataDir)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  try {
    const clock = Date.now
    const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
    try {
      const log = openEmbeddedEventLog({ folder: join(dataDir, 'log'), clock })
      try {
        const ledger = openErasureLedger(erasureLedgerFile(config))
        const dependencies = backupDependencies(config, { store, log, ledger, turns: createJobTurns(), clock })
        return await writeBackup(dependencies, folder, onProgress, stop.signal)
      } finally {
        await log.close()
      }
    } finally {
      await store.close()
    }
  } finally {
    unlock()
  }
}

const Made = Type.Object({
  path: Type.String(),
  files: Type.Integer(),
  bytes: Type.Integer(),
  expiresAtMs: Type.Integer(),
  expiredRemoved: Type.Integer(),
})

/** A running service may be of another version. */
function toBackupMade(result: unknown): BackupMade {
  if (Value.Check(Made, result)) return result
  throw new TonearmError('command-failed', 'the running service answered something else than a backup')
}

function tell({ path, files, bytes, expiresAtMs, expiredRemoved }: BackupMade): void {
  const mebibytes = (bytes / 1024 / 1024).toFixed(1)
  console.log(`Backup made: ${path} (${files} files, ${mebibytes} MiB; expires ${new Date(expiresAtMs).toISOString()})`)
  if (expiredRemoved > 0) console.log(`Deleted ${expiredRemoved} that had expired`)
}

main().catch((cause: unknown) => {
  console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : cause)
  process.exitCode = 1
})
