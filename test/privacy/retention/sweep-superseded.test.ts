import { describe, expect, it } from 'vitest'
import { analystsTables } from '#schemas/privacy/analytics-columns.ts'
import { columns } from '#schemas/privacy/columns.ts'
import { ownerTables } from '#schemas/privacy/personal-tables.ts'
import { sweptTables } from '../../../services/privacy/retention/sweep-superseded.ts'
import { chartRules, EVENING, openRetention } from './open-retention.ts'

const retention = openRetention()
const { pipeline, later, profile, send, remove, choose, ingest, build, retain, rows, count } = retention

const marked = (mark: string) => ({
  name: `${mark} name`,
  system: { os: `${mark} os`, processor: `${mark} processor` },
  tracks: [{ id: '1', startedAt: EVENING, tags: { artist: `${mark} artist`, title: `${mark} title` } }],
})

/** All rows of all tables in every version that a part still holds, those that were masked by a deletion too. */
async function everyVersion(): Promise<string> {
  const texts = []
  for (const table of Object.keys(columns)) {
    const read = await rows(`SELECT * FROM ${table} SETTINGS apply_deleted_mask = 0`)
    texts.push(...read.map((row) => JSON.stringify(row)))
  }
  return texts.join('\n')
}

/** What queries see of all swept tables. */
async function seen(): Promise<Record<string, unknown[]>> {
  const isReplacing = (table: string) =>
    table !== 'charts.changes' && !analystsTables.some((one) => one.table === table)
  const tables = sweptTables.filter(isReplacing)
  const read = tables.map(async (table) => [table, await rows(`SELECT * FROM ${table} FINAL ORDER BY ALL`)] as const)
  return Object.fromEntries(await Promise.all(read))
}

describe('PRIVACY 10 and 11: after a run of retention', () => {
  it('no version is on the disk that no query sees, and what queries see is the same', async () => {
    for (const dj of [1, 2, 3, 4, 5, 6]) {
      await profile(dj, { choices: { charts: true }, displayName: `GONE ${dj}` })
      await send(dj, { ...marked('GONE'), visibility: 'public' })
    }
    await build()
    for (const dj of [1, 2, 3, 4, 5, 6]) await profile(dj, { displayName: `kept ${dj}` })
    await send(1, { ...marked('GONE'), id: 'deleted' })
    await send(6, { ...marked('kept'), id: 'objected', system: { os: 'GONE os' } })
    await ingest()
    for (const dj of [1, 2, 3, 4, 5]) await send(dj, marked('kept'))
    await choose(2, { name: 'GONE chosen' })
    await remove(1, 'deleted')
    await profile(6, { choices: { usage: false, charts: false } })
    await remove(6)
    await ingest()
    await choose(2, { name: 'kept chosen' })
    await build()
    later(2)
    await build()
    expect(await everyVersion()).toContain('GONE')
    const before = await seen()

    const { tables } = await retain()
    expect(tables).toBeGreaterThan(4)
    const versions = await everyVersion()
    expect(versions).not.toContain('GONE')
    expect(versions).toContain('kept chosen')
    expect(await seen()).toEqual(before)
    for (const [table, visible] of Object.entries(before)) expect(await count(table), table).toBe(visible.length)
    const parts = await rows(
      `SELECT table FROM system.parts WHERE database IN ('playlists', 'charts') AND NOT active AND rows > 0
       AND database || '.' || table IN {tables:Array(String)}`,
      { tables: sweptTables },
    )
    expect(parts).toEqual([])
  })

  it('charts and sessions go on from where they were', async () => {
    for (const dj of [1, 2, 3, 4, 5, 6]) {
      await profile(dj, { choices: { charts: true } })
      await send(dj)
    }
    const shown = await build()
    await remove(6)
    await build()
    await retain()
    expect(await build()).toEqual(shown)
    later(1.1)
    expect((await build()).get('world/all/2026-W07')).toMatchObject({ revision: 2, djs: 5 })
    await retain()
    // A deleted session is sent again: what says that it was deleted is still there.
    await send(6)
    await ingest()
    expect(await count('playlists.sessions')).toBe(5)
    await pipeline.build(chartRules)
    expect((await pipeline.shownCharts()).get('world/all/2026-W07')).toMatchObject({ revision: 2, djs: 5 })
  })

  it('nothing is merged again where nothing was replaced since', async () => {
    await profile(1, { displayName: 'one' })
    await ingest()
    await profile(1, { displayName: 'two' })
    await ingest()
    expect((await retain()).tables).toBeGreaterThan(0)
    expect((await retain()).tables).toBe(0)
  })

  it('reaches every table that names an account', () => {
    expect(sweptTables).toEqual(expect.arrayContaining([...ownerTables]))
  })
})
