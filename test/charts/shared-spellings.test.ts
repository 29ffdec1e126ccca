import { expect, it } from 'vitest'
import type { AccountEvent } from '#schemas/events/account-event.ts'
import { openPipeline, pseudonyms } from '../model/open-pipeline.ts'

const rules = { minimumDjs: 3, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 10 }
const pipeline = openPipeline()

it('shows a track that everybody spells otherwise in the form that all share', async () => {
  await pipeline.clear()
  const at = pipeline.clock.nowMs
  const startedAt = '2026-05-13T20:00:00.000Z'
  for (const [index, title] of ['LOW TIDE', 'Low Tide (Original Mix)', 'low tide'].entries()) {
    const owner = pseudonyms.owner(`dj-${index}`)
    const consent: AccountEvent = { v: 1, type: 'profile-change', owner, at, patch: { choices: { charts: true } } }
    const key = pseudonyms.sessionKey(owner, undefined, '1')
    const tracks = [{ id: '1', startedAt, tags: { artist: 'Mara Vell', title, genre: 'House' } }]
    await pipeline.append(consent)
    await pipeline.append({ v: 1, type: 'session-put', owner, at, key, session: { id: '1', startedAt, tracks } })
  }
  await pipeline.ingest([1000])
  await pipeline.build(rules)
  const charts = await pipeline.shownCharts()
  for (const chart of ['world/all/2026-W20', 'world/house/2026-W20']) {
    expect(charts.get(chart)?.entries).toMatchObject([{ artist: 'Mara Vell', title: 'Low Tide', djs: 3 }])
  }
})
