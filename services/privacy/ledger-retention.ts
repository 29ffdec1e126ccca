/**
 * Trims the ledger of erasures: an erasure goes when no backup of before it can be restored any more, however long the
 * setting lets backups live.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import { BACKUP_RETENTION_DAYS_MAX } from '#platform/config/settings.ts'
import type { ErasureLedger } from '#platform/ledger/erasure-ledger.ts'

const DAY_MS = 86_400_000

/** Trims now and once a day; returns what ends it. */
export function startLedgerRetention(options: {
  readonly ledger: ErasureLedger
  readonly clock: () => number
  readonly logger: FastifyBaseLogger
}): () => void {
  const { ledger, clock, logger } = options
  const trim = () => {
    // A day more, for a backup is made some time after it says.
    ledger.trim(clock() - (BACKUP_RETENTION_DAYS_MAX + 1) * DAY_MS).then(
      (erasures) => {
        if (erasures > 0) logger.info({ erasures }, 'ledger of erasures trimmed')
      },
      () => logger.warn('the ledger of erasures could not be trimmed'),
    )
  }
  trim()
  const timer = setInterval(trim, DAY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
