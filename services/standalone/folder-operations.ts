/**
 * What commands can ask of the running service.
 * @module
 */
import type { ControlOperations } from '#platform/control/control-server.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { RotationOptions } from '../privacy/rotation/rotate-contributor-key.ts'
import { backupDependencies } from './backup/backup-dependencies.ts'
import { createBackupOperation } from './backup/backup-operation.ts'
import { createRotateOperation } from './keys/rotate-operation.ts'
import type { Backends } from './open-backends.ts'
import type { StandaloneConfig } from './standalone-config.ts'

export function createFolderOperations(
  config: StandaloneConfig,
  backends: Backends,
  rotation: Omit<RotationOptions, 'turns'>,
): ControlOperations {
  const { store, ledger, turns, ownLog } = backends
  return {
    rotate: createRotateOperation({ ...rotation, turns }),
    backup:
      ownLog === undefined
        ? refuseBackup
        : createBackupOperation(
            backupDependencies(config, { store, log: ownLog, ledger, turns, clock: rotation.clock }),
          ),
  }
}

async function refuseBackup(): Promise<never> {
  throw new TonearmError(
    'backup-refused',
    'log and store are not in the data folder: back up Kafka and ClickHouse by their own means (docs/operations.md)',
  )
}
