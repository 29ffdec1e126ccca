import { describe, expect, it } from 'vitest'
import { retentionRules } from '#schemas/privacy/labels.ts'
import { pseudonyms } from '../../model/open-pipeline.ts'
import { chartRules, EVENING, openRetention, owner } from './open-retention.ts'

const retention = openRetention()
const { pipeline, at, later, profile, send, remove, build, retain, rows, count } = retention
const WEEK = 'world/all/2026-W07'
const SPRING = '2026-04-22T20:00:00.000Z'

const each = async (djs: number, one: (dj: number) => Promise<void>) => {
  for (let dj = 1; dj <= djs; dj += 1) await one(dj)
}
const titled = (title: string, startedAt = EVENING) => ({
  startedAt,
  tracks: [{ id: '1', startedAt, tags: { artist: 'Ana', title } }],
})

/** A chart of six DJs who all play the same; and the day on which their sessions have reached their retention. */
async function beginChart() {
  await each(6, async (dj) => {
    await profile(dj, { choices: { charts: true } })
    await send(dj)
  })
  const shown = await build()
  expect(shown.get(WEEK)).toMatchObject({ revision: 1, djs: 6 })
  return shown
}
const EXPIRY = '2029-02-15T03:30:00Z'

describe('PRIVACY 11: a chart whose sessions have reached their retention', () => {
  it('stays as it is, with its month and its year, and nobody stands behind it any more', async () => {
    const shown = await beginChart()
    expect(await count('charts.bases')).toBeGreaterThan(0)
    at(EXPIRY)
    expect(await retain()).toMatchObject({ sessions: 6, postponed: 0 })
    expect(await build()).toEqual(shown)
    for (const table of retentionRules.session.tables) expect(await count(table), table).toBe(0)
    expect(await count('charts.pending_take_backs')).toBe(0)
    expect(await count('charts.changes')).toBe(0)
    expect([...shown.keys()]).toEqual(expect.arrayContaining([WEEK, 'world/all/2026-02', 'world/all/2026']))
  })

  it('is not changed by what comes late, while a week in which nothing expired is', async () => {
    const shown = await beginChart()
    at(EXPIRY)
    await retain()
    await each(6, async (dj) => {
      await send(dj, { id: 'late', ...titled('Late') })
      await send(dj, { id: 'spring', ...titled('Spring', SPRING) })
    })
    const after = await build()
    for (const [name, chart] of shown) expect(after.get(name), name).toEqual(chart)
    expect(after.get('world/all/2026-W17')).toMatchObject({ revision: 1, djs: 6 })
    expect(after.get('world/all/2026-04')).toMatchObject({ revision: 1, djs: 6 })
    // What came late is kept as long as any session.
    at('2032-02-10T00:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 0 })
    at('2032-02-20T00:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 12 })
    expect(await build()).toEqual(after)
  })

  it('is not changed by other settings either', async () => {
    const shown = await beginChart()
    at(EXPIRY)
    await retain()
    await each(6, (dj) => send(dj, { id: 'late', ...titled('Late') }))
    await pipeline.ingest([1000])
    await pipeline.build({ ...chartRules, playsPerDj: 3 })
    expect(await pipeline.shownCharts()).toEqual(shown)
  })

  it('loses first what was taken back before that, and only then stays as it is', async () => {
    await beginChart()
    at(EXPIRY)
    await remove(1)
    await build()
    expect(await count('charts.pending_take_backs')).toBeGreaterThan(0)
    expect(await retain()).toEqual(expect.objectContaining({ sessions: 0, postponed: 5 }))
    // Frozen, but for the take-back: a late session changes nothing any more.
    await send(2, { id: 'late', ...titled('Late') })
    expect((await build()).get(WEEK)).toMatchObject({ revision: 1, djs: 6 })
    later(1)
    const shown = await build()
    expect(shown.get(WEEK)).toMatchObject({ revision: 2, djs: 5 })
    expect(await retain()).toMatchObject({ sessions: 5, postponed: 0 })
    expect(await build()).toEqual(shown)
    expect(await count('charts.bases')).toBe(0)
    expect(await count('charts.earlier_bases')).toBe(0)
  })

  it('does not freeze before a build has seen what was taken back', async () => {
    await beginChart()
    at(EXPIRY)
    await remove(1)
    await pipeline.ingest([1000])
    expect(await retain()).toMatchObject({ sessions: 0, postponed: 5 })
    expect(await rows('SELECT week FROM charts.frozen_weeks')).toEqual([])
    await build()
    later(1)
    expect((await build()).get(WEEK)).toMatchObject({ revision: 2, djs: 5 })
    expect(await retain()).toMatchObject({ sessions: 5 })
  })

  it('does not freeze before an erasure has reached it', async () => {
    await beginChart()
    at(EXPIRY)
    const receiptHash = pseudonyms.receiptHash('receipt')
    const event = { v: 1, type: 'account-erased', owner: owner(1), at: pipeline.clock.nowMs, receiptHash } as const
    await pipeline.append(event)
    await pipeline.ingest([1000])
    expect(await retain()).toMatchObject({ sessions: 0, postponed: 5 })
    expect(await rows('SELECT week FROM charts.frozen_weeks')).toEqual([])
    expect(await count('charts.bases')).toBeGreaterThan(0)
  })

  it('is frozen only where a session counted', async () => {
    await profile(1, { choices: { charts: true } })
    await profile(2, { choices: { charts: false } })
    await send(1, { ...titled('Spring', SPRING), contributeToCharts: false })
    await send(2, titled('Spring', SPRING))
    await send(1, { id: 'b' })
    await build()
    at('2029-06-01T00:00:00Z')
    expect(await retain()).toMatchObject({ sessions: 3 })
    expect(await rows('SELECT week FROM charts.frozen_weeks')).toEqual([{ week: 202607 }])
  })
})
