import { beforeEach, describe, expect, it } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { StoreConnection } from '#platform/store/store.ts'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { createChartBuilder } from '../../services/charts/build-charts.ts'
import { openPipeline, pseudonyms } from '../model/open-pipeline.ts'

const rules = { minimumDjs: 5, minimumChangedDjs: 5, takeBackHoursMax: 24, playsPerDj: 10 }
const EVENING = '2026-05-13T20:00:00.000Z'
const WEEK = 'world/all/2026-W20'
const pipeline = openPipeline()

async function take(event: AccountEvent): Promise<void> {
  await pipeline.append(event)
}

async function come(...djs: readonly number[]): Promise<void> {
  const at = pipeline.clock.nowMs
  for (const dj of djs) {
    const owner = pseudonyms.owner(`dj-${dj}`)
    await take({ v: 1, type: 'profile-change', owner, at, patch: { choices: { charts: true } } })
    const session = {
      id: 'a',
      startedAt: EVENING,
      tracks: [{ id: '1', startedAt: EVENING, tags: { artist: 'Ana', title: 'One' } }],
    }
    await take({ v: 1, type: 'session-put', owner, at, key: pseudonyms.sessionKey(owner, undefined, 'a'), session })
  }
}

async function go(...djs: readonly number[]): Promise<void> {
  for (const dj of djs) {
    const owner = pseudonyms.owner(`dj-${dj}`)
    const patch = { choices: { charts: false } }
    await take({ v: 1, type: 'profile-change', owner, at: pipeline.clock.nowMs, patch })
  }
}

async function build(): Promise<{ revision: number; djs: number } | undefined> {
  pipeline.clock.nowMs += 60_000
  await pipeline.ingest([1000])
  await pipeline.build(rules)
  return await shown()
}

async function shown(): Promise<{ revision: number; djs: number } | undefined> {
  const chart = (await pipeline.shownCharts()).get(WEEK)
  return chart === undefined ? undefined : { revision: chart.revision, djs: chart.djs }
}

/** A build that dies before the first statement that the condition holds for. */
async function buildUntil(isLast: (statement: string) => boolean): Promise<void> {
  pipeline.clock.nowMs += 60_000
  await pipeline.ingest([1000])
  const connection = pipeline.store().connect('charts')
  const dying = async <T>(statement: string, work: () => Promise<T>): Promise<T> => {
    if (isLast(statement)) throw new TonearmError('store-unavailable', 'died in the test')
    return await work()
  }
  const store: StoreConnection = {
    client: connection.client,
    insert: (rows) => dying(`INSERT INTO ${rows.table}`, () => connection.insert(rows)),
    rows: (sql, params) => dying(sql, () => connection.rows(sql, params)),
    lines: (sql, params) => dying(sql, () => connection.lines(sql, params)),
    run: (sql, params) => dying(sql, () => connection.run(sql, params)),
  }
  const dead = createChartBuilder({ store, rules, clock: () => pipeline.clock.nowMs }).build()
  await expect(dead).rejects.toThrow('died in the test')
}

const readBases = async () =>
  await pipeline.store().connect('site').rows('SELECT * EXCEPT key_version FROM charts.bases FINAL ORDER BY ALL')

beforeEach(async () => {
  await pipeline.clear()
  pipeline.clock.nowMs = Date.parse('2026-05-14T12:00:00Z')
})

describe('the next revision of a chart', () => {
  it('waits where five accounts changed since the last one and two since the one before', async () => {
    await come(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    expect(await build()).toEqual({ revision: 1, djs: 10 })
    await come(11, 12, 13, 14, 15)
    expect(await build()).toEqual({ revision: 2, djs: 15 })
    await go(11, 12, 13, 14)
    await come(16)
    expect(await build()).toEqual({ revision: 2, djs: 15 })
    await come(17, 18)
    expect(await build()).toEqual({ revision: 2, djs: 15 })
    // Now 15 to 20 are what the first one did not have.
    await come(19, 20)
    expect(await build()).toEqual({ revision: 3, djs: 16 })
  })

  it('may be what an earlier one was', async () => {
    await come(1, 2, 3, 4, 5, 6)
    await build()
    await come(7, 8, 9, 10, 11)
    await build()
    await go(7, 8, 9, 10, 11)
    expect(await build()).toEqual({ revision: 3, djs: 6 })
  })

  it('is held against those before it was hidden, too', async () => {
    await come(1, 2, 3, 4, 5)
    await build()
    await go(1, 2, 3, 4, 5)
    expect(await build()).toBeUndefined()
    await come(6, 7, 8, 9, 10)
    expect(await build()).toEqual({ revision: 2, djs: 5 })
    await go(6, 7, 8, 9, 10)
    await build()
    await come(1, 2, 3, 4, 11)
    expect(await build()).toBeUndefined()
  })

  it('goes out with a take-back that is due, however little it differs from an earlier one', async () => {
    await come(1, 2, 3, 4, 5, 6)
    await build()
    await come(7, 8, 9, 10, 11)
    await build()
    await go(7, 8, 9, 10)
    expect(await build()).toEqual({ revision: 2, djs: 11 })
    pipeline.clock.nowMs += 24 * 3_600_000
    expect(await build()).toEqual({ revision: 3, djs: 7 })
  })
})

describe('a build that died before readers saw what it made', () => {
  it('lets nobody out who has changed back meanwhile', async () => {
    await come(1, 2, 3, 4, 5, 6)
    await build()
    await come(7, 8, 9, 10, 11)
    await buildUntil((statement) => statement.includes('INSERT INTO charts.published'))
    await go(7, 8, 9, 10)
    expect(await build()).toEqual({ revision: 1, djs: 6 })
    await come(7, 8, 9, 10)
    expect(await build()).toEqual({ revision: 2, djs: 11 })
  })

  it('is taken back whole, also where taking it back dies at any statement', async () => {
    await come(1, 2, 3, 4, 5, 6, 7, 8)
    await build()
    const bases = await readBases()
    const undoing = ['DELETE FROM charts.bases', 'INSERT INTO charts.bases', 'DELETE FROM charts.earlier_bases']
    for (const deadly of ['INSERT INTO charts.bases', 'INSERT INTO charts.published']) {
      await go(1, 2, 3)
      await come(9, 10)
      await buildUntil((statement) => statement.includes(deadly))
      await come(1, 2, 3)
      await go(9, 10)
      for (const dying of undoing) {
        await buildUntil(
          (statement) => statement.includes(dying) || statement.includes('INSERT INTO charts.build_pairs'),
        )
      }
      expect(await build()).toEqual({ revision: 1, djs: 8 })
      expect(await readBases()).toEqual(bases)
    }
    const earlier = await pipeline.store().connect('site').rows('SELECT * FROM charts.earlier_bases')
    expect(earlier).toEqual([])
  })
})
