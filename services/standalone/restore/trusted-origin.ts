/**
 * Which of the places that a backup names may be followed.
 * @module
 */
import { dirname, resolve, sep } from 'node:path'
import type { FoundBackup } from '../backup/backup-folder.ts'
import type { Manifest } from '../backup/manifest.ts'

/**
 * The places of keys and ledger that the manifest names, without those that lie among the backups. The manifest can be held
 * against a key only once the key is found: whoever may write to the backups could otherwise put a backup there with keys of
 * their own beside it, and be believed.
 */
export function trustedOrigin({ path, manifest }: FoundBackup): Manifest['origin'] {
  const backups = `${dirname(resolve(path))}${sep}`
  const elsewhere = (place: string) => (`${resolve(place)}${sep}`.startsWith(backups) ? undefined : place)
  const { erasureLedger, ...keys } = manifest.origin
  const kept = Object.entries(keys).filter(([, place]) => elsewhere(place) !== undefined)
  return { ...Object.fromEntries(kept), erasureLedger: elsewhere(erasureLedger) ?? '' }
}
