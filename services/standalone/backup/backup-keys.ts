/**
 * The key of the backups, which is no other key's kin, and the keys of one backup, derived from it.
 * @module
 */
import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'

/** Where the key of the backups lies unless a setting says otherwise. */
export function backupKeyFile(dataDir: string): string {
  return join(dataDir, 'keys', 'backup.key')
}

export interface BackupKeys {
  /** Encrypts the data. */
  readonly data: Buffer
  /** Authenticates the manifest. */
  readonly manifest: Buffer
  /** Tells another key from a damaged backup; nothing of the key follows from it. */
  readonly check: Buffer
}

/** @param salt 32 random bytes of the backup, so that no two backups share a key */
export function deriveBackupKeys(backupKey: Buffer, salt: Buffer): BackupKeys {
  const derive = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', backupKey, salt, `tonearm backup 1 ${use}`, bytes))
  return { data: derive('data', 32), manifest: derive('manifest', 32), check: derive('check', 16) }
}
