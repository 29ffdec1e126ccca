import { join } from 'node:path'
import pino from 'pino'
import { expect, it } from 'vitest'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import { startLedgerRetention } from '../../services/privacy/ledger-retention.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { waitFor } from '../support/wait-for.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.parse('2026-02-14T01:10:00.000Z')

it('keeps an erasure for as long as a backup of before it may live, and no longer', async () => {
  const ledger = openErasureLedger(join(temporaryFolder(), 'erasures.ndjson'))
  const entries = [367, 366, 365, 1].map((days) => ({
    owner: 'owner',
    receiptHash: `hash-${days}`,
    atMs: NOW_MS - days * DAY_MS,
  }))
  await ledger.append(entries)
  const stop = startLedgerRetention({ ledger, clock: () => NOW_MS, logger: pino({ level: 'silent' }) })
  await waitFor('the ledger to be trimmed', async () => (await ledger.read()).length < entries.length)
  expect(await ledger.read()).toEqual(entries.slice(1))
  stop()
})
