/**
 * What a backup needs, from the settings and from what is open.
 * @module
 */
import { join, resolve } from 'node:path'
import type { EmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { readSecretKey } from '#platform/keys/secret-key.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'
import type { JobTurns } from '#platform/scheduling/mutex.ts'
import type { Store } from '#platform/store/store.ts'
import type { StandaloneConfig } from '../standalone-config.ts'
import { backupKeyFile } from './backup-keys.ts'
import { erasureLedgerFile } from './ledger-file.ts'
import type { BackupDependencies } from './write-backup.ts'

export function backupDependencies(
  config: StandaloneConfig,
  opened: {
    readonly store: Store
    readonly log: EmbeddedEventLog
    /** The one that erasures are written to: the file has one writer. */
    readonly ledger: ErasureLedger
    readonly turns: JobTurns
    readonly clock: () => number
  },
): BackupDependencies {
  const { DATA_DIR: dataDir, MASTER_KEY, MASTER_KEY_FILE, BACKUP_KEY, BACKUP_KEY_FILE } = config
  const keyFile = BACKUP_KEY_FILE ?? backupKeyFile(dataDir)
  const masterKeyFile = MASTER_KEY_FILE ?? join(dataDir, 'keys', 'master.key')
  return {
    dataDir,
    store: opened.store.connect('backup'),
    log: opened.log,
    turns: opened.turns,
    clock: opened.clock,
    ledger: opened.ledger,
    backupKey: () =>
      readSecretKey({
        setting: 'BACKUP_KEY',
        value: BACKUP_KEY,
        file: keyFile,
        mayCreate: BACKUP_KEY_FILE === undefined,
      }),
    origin: {
      // Nobody finds a key of the environment in a file.
      ...(MASTER_KEY === undefined ? { masterKeyFile: resolve(masterKeyFile) } : {}),
      ...(BACKUP_KEY === undefined ? { backupKeyFile: resolve(keyFile) } : {}),
      tokenKeyFile: resolve(dataDir, 'keys', 'token.jwk'),
      erasureLedger: resolve(erasureLedgerFile(config)),
    },
    retentionDays: config.BACKUP_RETENTION_DAYS,
  }
}
