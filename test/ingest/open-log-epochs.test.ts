import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogIdentity } from '#platform/event-log/event-log.ts'
import { createLogEpochs } from '#platform/event-log/log-epochs.ts'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { emptyTables } from '#platform/store/empty-tables.ts'
import { readKnownLog, readLogPositions, writeLogPositions } from '#platform/store/known-log.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { continueLogEpochs, openLogEpochs } from '../../services/ingest/open-log-epochs.ts'

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

/** A store that was never filled, and is filled from whichever log the test says. */
async function openStore() {
  const connection = store.connect('ingest')
  await emptyTables(connection, ['operations.facts', 'operations.log_positions'])
  const open = (identity: LogIdentity, acceptNewLog = false) =>
    openLogEpochs({ log: { identity: async () => identity }, store: connection, acceptNewLog, clock: Date.now })
  return { connection, open }
}

const log = (id: string, ...endOffsets: number[]): LogIdentity => ({ id, endOffsets })

describe('a log that the store was filled from', () => {
  it('begins with the first epoch in an empty store', async () => {
    const { open } = await openStore()
    expect(await open(log('a', 0, 0))).toEqual({ id: 'a', partitions: 2, epochs: [{ epoch: 1, since: [0, 0] }] })
  })

  it('goes on in its epoch where it is as it was, or longer', async () => {
    const { connection, open } = await openStore()
    const known = await open(log('a', 5, 5))
    await writeLogPositions(connection, known, [[0, 5]])
    expect(await open(log('a', 5, 9))).toEqual(known)
  })

  it('is refused where it is another one, and the line names the way out', async () => {
    const { open } = await openStore()
    await open(log('a', 0))
    await expect(open(log('b', 0))).rejects.toMatchObject({
      code: 'other-log',
      message: expect.stringContaining('--accept-new-log'),
    })
  })

  it('is refused where it ends earlier than the store was filled, in any partition', async () => {
    const { connection, open } = await openStore()
    await writeLogPositions(connection, await open(log('a', 5, 5)), [
      [0, 5],
      [1, 3],
    ])
    await expect(open(log('a', 9, 2))).rejects.toMatchObject({ code: 'other-log' })
    expect(await open(log('a', 9, 3))).toMatchObject({ epochs: [{ epoch: 1 }] })
  })

  it('is refused where it has another number of partitions, and the line names the page on that', async () => {
    const { open } = await openStore()
    await open(log('a', 5, 5))
    await expect(open(log('a', 5, 5, 0))).rejects.toMatchObject({
      code: 'other-log',
      message: expect.stringContaining('Repartitioning'),
    })
  })
})

describe('a log that was accepted', () => {
  it('begins a higher epoch, so that its events win over all rows of before', async () => {
    const { open } = await openStore()
    const before = createLogEpochs((await open(log('a', 900))).epochs)
    const after = createLogEpochs((await open(log('b', 0), true)).epochs)
    expect(after.versionOf({ partition: 0, offset: 0 })).toBeGreaterThan(
      before.versionOf({ partition: 0, offset: 900 }),
    )
    expect(after.offsetOf(before.versionOf({ partition: 0, offset: 900 }))).toBe(0)
  })

  it('with other partitions keeps for what was appended before the epoch of then, ingested or not', async () => {
    const { connection, open } = await openStore()
    const known = await open(log('a', 10, 10))
    await writeLogPositions(connection, known, [[0, 4]])
    const { epochs } = await open(log('a', 10, 10, 0), true)
    const { versionOf, offsetOf } = createLogEpochs(epochs)
    const inFirst = createLogEpochs(known.epochs)
    expect(versionOf({ partition: 0, offset: 9 })).toBe(inFirst.versionOf({ partition: 0, offset: 9 }))
    expect(versionOf({ partition: 2, offset: 0 })).toBeGreaterThan(versionOf({ partition: 0, offset: 9 }))
    expect(versionOf({ partition: 0, offset: 10 })).toBeGreaterThan(inFirst.versionOf({ partition: 0, offset: 1_000 }))
    expect(offsetOf(versionOf({ partition: 0, offset: 9 }))).toBe(9)
    // What is not ingested yet is where it was.
    expect(await readLogPositions(connection, 'a')).toEqual(
      new Map([
        [0, 4],
        [1, 0],
        [2, 0],
      ]),
    )
  })

  it('that has lost its end is read on from there', async () => {
    const { connection, open } = await openStore()
    await writeLogPositions(connection, await open(log('a', 900)), [[0, 900]])
    const { epochs } = await open(log('a', 500), true)
    expect(await readLogPositions(connection, 'a')).toEqual(new Map([[0, 500]]))
    const { versionOf } = createLogEpochs(epochs)
    expect(versionOf({ partition: 0, offset: 500 })).toBeGreaterThan(versionOf({ partition: 0, offset: 499 }) + 1_000n)
    expect(await open(log('a', 501))).toMatchObject({ epochs })
  })
})

it('a log that was restored from a copy goes on under its new name, with the positions of the old one', async () => {
  const { connection, open } = await openStore()
  await writeLogPositions(connection, await open(log('a', 7)), [[0, 7]])
  const copy = { identity: async () => log('copy', 7) }
  const known = await continueLogEpochs({ log: copy, store: connection, clock: Date.now })
  expect(known).toEqual({ id: 'copy', partitions: 1, epochs: [{ epoch: 1, since: [0] }] })
  expect(await readKnownLog(connection)).toEqual(known)
  expect(await readLogPositions(connection, 'copy')).toEqual(new Map([[0, 7]]))
  expect(await open(log('copy', 7))).toEqual(known)
})
