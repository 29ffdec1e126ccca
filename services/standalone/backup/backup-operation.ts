/**
 * What the running service does for `npm run backup`.
 * @module
 */
import { isAbsolute } from 'node:path'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { ControlOperation } from '#platform/control/control-server.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { type BackupDependencies, writeBackup } from './write-backup.ts'

/** News go out no more often than this. */
const PROGRESS_MS_MIN = 200

const BackupParams = Type.Object({ folder: Type.String({ minLength: 1, maxLength: 4_096 }) })
const params = Compile(BackupParams)

/** Rejects with `busy` while another one is under way, and as {@link writeBackup}. */
export function createBackupOperation(dependencies: BackupDependencies): ControlOperation {
  let isUnderWay = false
  return async (given, progress, signal) => {
    if (!params.Check(given) || !isAbsolute(given.folder)) {
      throw new TonearmError('backup-refused', 'a folder is needed, with its whole path')
    }
    if (isUnderWay) throw new TonearmError('busy', 'another backup is under way')
    isUnderWay = true
    try {
      let toldAtMs = 0
      const onProgress = (news: { bytesDone: number; bytesTotal: number }) => {
        if (performance.now() - toldAtMs < PROGRESS_MS_MIN) return
        toldAtMs = performance.now()
        progress(news)
      }
      return await writeBackup(dependencies, given.folder, onProgress, signal)
    } finally {
      isUnderWay = false
    }
  }
}
