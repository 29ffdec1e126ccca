import { join } from 'node:path'

/** Where the ledger of erasures lies, unless `ERASURE_LEDGER` says otherwise. */
export function erasureLedgerFile(config: { readonly DATA_DIR: string; readonly ERASURE_LEDGER?: string }): string {
  return config.ERASURE_LEDGER ?? join(config.DATA_DIR, 'ledger', 'erasures.ndjson')
}
