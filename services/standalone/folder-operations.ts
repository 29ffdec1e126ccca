/**
 * What commands can ask of the running service.
 * @module
 */
import type { ControlOperations } from '#platform/control/control-server.ts'
import type { RotationOptions } from '../privacy/rotation/rotate-contributor-key.ts'
import { backupDependencies } from './backup/backup-dependencies.ts'
import { createBackupOperation } from './backup/backup-operation.ts'
import { refuseServers } from './backup/refuse-servers.ts'
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
        ? async () => refuseServers(config)
        : createBackupOperation(
            backupDependencies(config, { store, log: ownLog, ledger, turns, clock: rotation.clock }),
          ),
  }
}
