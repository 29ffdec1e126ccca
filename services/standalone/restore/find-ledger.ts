/**
 * The ledger of erasures that a restore applies: it lies apart from the backups, so that it is newer than they are.
 * @module
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { ErasureLedger, LedgerEntry } from '#platform/ledger/erasure-ledger.ts'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import { erasureLedgerFile } from '../backup/ledger-file.ts'
import type { Manifest } from '../backup/manifest.ts'
import type { StandaloneConfig } from '../standalone-config.ts'

export interface FoundLedger {
  readonly entries: readonly LedgerEntry[]
  /** Refuses a ledger that ends before the backup was made. */
  check(newestErasure: string | undefined): void
  /** Makes it the ledger of the new data folder, and resolves with that. */
  keep(): Promise<ErasureLedger>
}

/**
 * Finds the ledger that the operator names, else the one that was in use when the backup was made; what the new data folder
 * has already is added. Rejects with `backup-refused` where there is none, unless the operator says so.
 */
export async function findLedger(places: {
  readonly config: StandaloneConfig
  /** `none`: the operator says that there was none. */
  readonly named: string | 'none' | undefined
  readonly origin: Manifest['origin']
}): Promise<FoundLedger> {
  const { config, named, origin } = places
  const own = openErasureLedger(erasureLedgerFile(config))
  const keep = async (entries: readonly LedgerEntry[]) => {
    await own.create()
    await own.append(entries)
    return own
  }
  if (named === 'none') return { entries: [], check: () => undefined, keep: () => keep([]) }

  const others = named ?? origin.erasureLedger
  const files = [...new Set([resolve(others), resolve(erasureLedgerFile(config))])].filter((file) => existsSync(file))
  if (files.length === 0 || (named !== undefined && !existsSync(named))) {
    throw new TonearmError(
      'backup-refused',
      named === undefined
        ? 'the ledger of erasures is not there, so what was erased since would come back: give it with --ledger, ' +
            'or say with --no-ledger that there was none'
        : `there is no ledger of erasures at ${named}`,
    )
  }
  // Where there are two, all of both holds: no ledger holds an erasure too many.
  const byReceipt = new Map<string, LedgerEntry>()
  for (const file of files) {
    for (const entry of await openErasureLedger(file).read()) byReceipt.set(entry.receiptHash, entry)
  }
  const entries = [...byReceipt.values()].sort((one, other) => one.atMs - other.atMs)
  return {
    entries,
    check(newestErasure) {
      if (newestErasure === undefined || byReceipt.has(newestErasure)) return
      throw new TonearmError('backup-refused', 'the ledger of erasures is older than the backup, or of another service')
    },
    keep: () => keep(entries),
  }
}
