import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewEvent } from '#platform/event-log/event-log.ts'
import type { LedgerEntry } from '#platform/ledger/erasure-ledger.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { emptyTables } from '#platform/store/empty-tables.ts'
import { writeLogPositions } from '#platform/store/known-log.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { eraseAgain } from '../../services/privacy/erasure/erase-again.ts'
import { step, writeErasures } from '../../services/privacy/erasure/erasure-rows.ts'
import { firstLog } from '../support/first-log.ts'

const NOW_MS = Date.parse('2026-06-01T12:00:00Z')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
let store: Store

beforeAll(async () => {
  store = openEmbeddedStore({ folder })
  await migrate(store, Date.now)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const entry = (owner: string, agoMs: number, block?: 'under-age'): LedgerEntry => ({
  owner,
  receiptHash: `receipt of ${owner}`,
  atMs: NOW_MS - agoMs,
  ...(block === undefined ? {} : { block }),
})

/** A store that knows of one erasure, and stands at the end of its log, or not. */
async function eraseWith(entries: readonly LedgerEntry[], { endOffset = 7 } = {}): Promise<NewEvent[]> {
  const connection = store.connect('privacy')
  await emptyTables(connection, ['playlists.erasures', 'operations.log_positions'])
  await writeErasures(connection, [
    {
      ...{ receiptHash: 'receipt of known', owner: '', step: step.complete, version: 1n, acceptedAtMs: NOW_MS },
      ...{ rowsLeft: {}, chartsRebuilt: [], chartsWaiting: [] },
    },
  ])
  await writeLogPositions(connection, firstLog, [[0, 7]])
  const appended: NewEvent[] = []
  await eraseAgain({
    store: connection,
    log: {
      append: async (events) => {
        appended.push(...events)
        return []
      },
      identity: async () => ({ id: firstLog.id, endOffsets: [endOffset] }),
    },
    ledger: { read: async () => entries },
    limits: { auditDays: 365 },
    clock: () => NOW_MS,
    logger: pino({ level: 'silent' }),
  })
  return appended
}

const typesOf = (events: readonly NewEvent[]) =>
  events.map(({ owner, payload }) => `${owner}: ${JSON.parse(Buffer.from(payload).toString()).type}`)

describe('PRIVACY 10: an erasure that a restored store does not know', () => {
  it('is asked for again, with the receipt and the time that it had', async () => {
    const [event] = await eraseWith([entry('ana', 2 * HOUR_MS)])
    expect(JSON.parse(Buffer.from(event?.payload ?? []).toString())).toEqual({
      v: 1,
      type: 'account-erased',
      owner: 'ana',
      at: NOW_MS - 2 * HOUR_MS,
      receiptHash: 'receipt of ana',
    })
  })

  it('blocks the account again that was blocked for its age', async () => {
    const events = await eraseWith([entry('ana', 2 * HOUR_MS, 'under-age')])
    expect(typesOf(events)).toEqual(['ana: account-erased', 'ana: account-block'])
  })

  it('is left alone where it is known, is on its way through the log, or its receipt is kept no more', async () => {
    expect(
      await eraseWith([entry('known', 2 * HOUR_MS), entry('ben', HOUR_MS / 2), entry('cleo', 365 * DAY_MS)]),
    ).toEqual([])
  })

  it('waits for the store to come to the end of the log, where the account may have begun anew', async () => {
    await expect(eraseWith([entry('ana', 2 * HOUR_MS)], { endOffset: 8 })).rejects.toMatchObject({
      code: 'store-unavailable',
      retryable: true,
    })
  })
})
