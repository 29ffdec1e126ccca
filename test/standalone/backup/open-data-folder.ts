/**
 * A data folder with a store and a log in this process, filled through ingest, and backups of it.
 * @module
 */
import { join } from 'node:path'
import pino from 'pino'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import { createJobTurns } from '#platform/scheduling/mutex.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { checkMasterKey } from '#platform/store/key-check.ts'
import { migrate } from '#platform/store/migrate.ts'
import { openLogEpochs } from '../../../services/ingest/open-log-epochs.ts'
import { backupDependencies } from '../../../services/standalone/backup/backup-dependencies.ts'
import { erasureLedgerFile } from '../../../services/standalone/backup/ledger-file.ts'
import { type BackupMade, writeBackup } from '../../../services/standalone/backup/write-backup.ts'
import { type RestoreOptions, runRestore } from '../../../services/standalone/restore/run-restore.ts'
import { readStandaloneConfig } from '../../../services/standalone/standalone-config.ts'

const silent = pino({ level: 'silent' })

function configOf(dataDir: string, settings: Record<string, string> = {}) {
  return readStandaloneConfig({ DATA_DIR: dataDir, ...settings }).config
}

/** Makes a backup of a data folder, as the command does where no service runs; the folder is made where it is missing. */
export async function backUp(
  dataDir: string,
  folder: string,
  options: { readonly nowMs?: number; readonly settings?: Record<string, string>; readonly signal?: AbortSignal } = {},
): Promise<BackupMade> {
  const { nowMs = Date.now(), settings, signal = new AbortController().signal } = options
  const config = configOf(dataDir, settings)
  const clock = () => nowMs
  const store = openEmbeddedStore({ folder: join(dataDir, 'store') })
  const log = openEmbeddedEventLog({ folder: join(dataDir, 'log'), clock })
  try {
    await migrate(store, clock)
    const file = join(dataDir, 'keys', 'master.key')
    const pseudonyms = createPseudonyms(readMasterKey({ file, mayCreate: true }))
    await checkMasterKey(store.connect('migrate'), pseudonyms.keyCheck, clock)
    await openLogEpochs({ log, store: store.connect('ingest'), acceptNewLog: false, clock })
    const ledger = openErasureLedger(erasureLedgerFile(config))
    const dependencies = backupDependencies(config, { store, log, ledger, turns: createJobTurns(), clock })
    return await writeBackup(dependencies, folder, () => undefined, signal)
  } finally {
    await log.close()
    await store.close()
  }
}

/** Restores into a folder, as the command does. */
export function restore(
  dataDir: string,
  folder: string,
  options: Partial<Pick<RestoreOptions, 'keysFolder' | 'ledger'>> & {
    readonly nowMs?: number
    readonly settings?: Record<string, string>
  } = {},
): ReturnType<typeof runRestore> {
  const { nowMs = Date.now(), settings, keysFolder, ledger } = options
  return runRestore({
    config: configOf(dataDir, settings),
    folder,
    keysFolder,
    ledger,
    logger: silent,
    clock: () => nowMs,
    onProgress: () => undefined,
  })
}
