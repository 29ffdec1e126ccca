import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openErasureLedger } from '#platform/ledger/file-erasure-ledger.ts'
import { createMutex } from '#platform/scheduling/mutex.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import { createChartBuilder } from '../../services/charts/build-charts.ts'
import { createErasures } from '../../services/privacy/erasure/erase-accounts.ts'
import { openPipeline, pseudonyms } from '../model/open-pipeline.ts'

const rules = { minimumDjs: 1, minimumChangedDjs: 1, takeBackHoursMax: 0, playsPerDj: 10 }
const EVENING = '2026-05-13T20:00:00.000Z'
const MARK = 'zq7only'

const pipeline = openPipeline()
const store = () => pipeline.store().connect('privacy')
const envelope = (name: string) => ({ v: 1 as const, owner: pseudonyms.owner(name), at: pipeline.clock.nowMs })

async function play(name: string, artist: string): Promise<void> {
  const owner = pseudonyms.owner(name)
  await pipeline.append({ ...envelope(name), type: 'profile-change', patch: { choices: { charts: true } } })
  const tracks = [{ id: '1', startedAt: EVENING, tags: { artist, title: 'Lantern' } }]
  const session = { id: '1', startedAt: EVENING, tracks }
  await pipeline.append({
    ...envelope(name),
    type: 'session-put',
    key: pseudonyms.sessionKey(owner, undefined, '1'),
    session,
  })
}

const entriesWithMark = async (which: 'seen' | 'all') => {
  const seen = `AND (region, genre, kind, period, revision) IN
    (SELECT region, genre, kind, period, revision FROM charts.published FINAL WHERE hidden = 0)`
  const [row] = await store().rows<{ entries: string }>(
    `SELECT count() AS entries FROM charts.entries WHERE artist = '${MARK}' ${which === 'seen' ? seen : ''}`,
  )
  return Number(row?.entries)
}

/** A build that dies behind the last of its switches: readers see everything, and what they saw before is there still. */
async function buildUntilAllIsSwitched(): Promise<void> {
  const connection = pipeline.store().connect('charts')
  const alive = async <T>(call: () => Promise<T>): Promise<T> => {
    if ((await entriesWithMark('seen')) === 0) throw new Error('died in the test')
    return await call()
  }
  const dying: StoreConnection = {
    ...connection,
    insert: (rows) => alive(() => connection.insert(rows)),
    rows: (sql, params) => alive(() => connection.rows(sql, params)),
    run: (sql, params) => alive(() => connection.run(sql, params)),
  }
  const builder = createChartBuilder({ store: dying, rules, clock: () => pipeline.clock.nowMs })
  await expect(builder.build()).rejects.toThrow('died in the test')
}

it('an erasure is complete only when nothing is left of what a build that died has replaced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const erasures = createErasures({
    store: store(),
    log: pipeline.log(),
    ledger: openErasureLedger(join(folder, 'erasures.ndjson')),
    pseudonyms,
    chartsTurn: createMutex(),
    hasSnapshot: () => false,
    epochs: { offsetOf: () => Number.MAX_SAFE_INTEGER },
    clock: () => pipeline.clock.nowMs,
  })
  await play('ana', MARK)
  await play('ben', 'Other')
  await pipeline.ingest([1000])
  await pipeline.build(rules)
  expect(await entriesWithMark('seen')).toBeGreaterThan(0)

  await pipeline.append({ ...envelope('ana'), type: 'account-erased', receiptHash: 'hash' })
  await pipeline.ingest([1000])
  pipeline.clock.nowMs += 60_000
  expect((await erasures()).open).toBe(1)
  await buildUntilAllIsSwitched()
  expect(await entriesWithMark('all')).toBeGreaterThan(0)

  for (let round = 0; (await erasures()).open > 0; round += 1) {
    expect(round).toBeLessThan(5)
    pipeline.clock.nowMs += 60_000
  }
  expect(await entriesWithMark('all')).toBe(0)
})
