/**
 * The keys that a restore needs and no backup holds: where they are, and where they go.
 * @module
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { readMasterKey } from '#platform/keys/master-key.ts'
import { readSecretKey } from '#platform/keys/secret-key.ts'
import type { Manifest } from '../backup/manifest.ts'
import type { StandaloneConfig } from '../standalone-config.ts'

export interface FoundKeys {
  readonly masterKey: Buffer
  readonly backupKey: Buffer
  /** Puts the keys that were found elsewhere into the new data folder, for the service to find. */
  copyTo(dataDir: string): Promise<void>
}

interface KeyPlaces {
  readonly config: StandaloneConfig
  /** A folder with key files, which the operator names. */
  readonly keysFolder: string | undefined
  /** Where the keys lay when the backup was made. */
  readonly origin: Manifest['origin']
}

const keyFiles = { master: 'master.key', backup: 'backup.key', token: 'token.jwk' } as const

/**
 * Finds each key: in its setting, in the new data folder, in the folder that the operator names, or where it lay when the
 * backup was made. Throws `backup-refused` where there is none; without the key of the tokens, those issued so far end.
 */
export function findKeys({ config, keysFolder, origin }: KeyPlaces): FoundKeys {
  const { DATA_DIR, MASTER_KEY, MASTER_KEY_FILE, BACKUP_KEY, BACKUP_KEY_FILE } = config
  const find = (name: keyof typeof keyFiles, setting: string | undefined, atOrigin: string | undefined) => {
    if (setting !== undefined) return setting
    const places = [join(DATA_DIR, 'keys', keyFiles[name])]
    if (keysFolder !== undefined) places.push(join(keysFolder, keyFiles[name]))
    if (atOrigin !== undefined) places.push(atOrigin)
    return places.find((file) => existsSync(file))
  }
  const masterFile = find('master', MASTER_KEY_FILE, origin.masterKeyFile)
  const backupFile = find('backup', BACKUP_KEY_FILE, origin.backupKeyFile)
  const tokenFile = find('token', undefined, origin.tokenKeyFile)
  if (MASTER_KEY === undefined && masterFile === undefined) throw missing('master key', 'MASTER_KEY')
  if (BACKUP_KEY === undefined && backupFile === undefined) throw missing('key of the backups', 'BACKUP_KEY')
  const common = { mayCreate: false }

  return {
    masterKey: readMasterKey({ ...common, masterKey: MASTER_KEY, file: masterFile ?? '' }),
    backupKey: readSecretKey({ ...common, setting: 'BACKUP_KEY', value: BACKUP_KEY, file: backupFile ?? '' }),
    async copyTo(dataDir) {
      const copies = [
        {
          from: MASTER_KEY === undefined && MASTER_KEY_FILE === undefined ? masterFile : undefined,
          name: keyFiles.master,
        },
        {
          from: BACKUP_KEY === undefined && BACKUP_KEY_FILE === undefined ? backupFile : undefined,
          name: keyFiles.backup,
        },
        { from: tokenFile, name: keyFiles.token },
      ]
      for (const { from, name } of copies) {
        const to = join(dataDir, 'keys', name)
        if (from === undefined || resolve(from) === resolve(to)) continue
        await copyKey(from, to)
      }
    },
  }
}

async function copyKey(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await writeFile(to, await readFile(from), { mode: 0o600, flush: true })
}

function missing(key: string, setting: string): TonearmError {
  return new TonearmError(
    'backup-refused',
    `the ${key} is not there: give ${setting}_FILE, or the folder of the keys with --keys`,
  )
}
