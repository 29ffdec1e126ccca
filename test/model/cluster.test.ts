import fc from 'fast-check'
import { it } from 'vitest'
import { openClusterStore } from '../support/cluster-store.ts'
import { readHistory } from './chart-model.ts'
import { beginOf, chartHistories, opening, toEvent } from './histories.ts'
import { openPipeline, pseudonyms } from './open-pipeline.ts'
import { expectSameCharts, expectSameRows } from './same-as-model.ts'

const rules = { minimumDjs: 2, minimumChangedDjs: 1, takeBackHoursMax: 24, playsPerDj: 2 }
const pipeline = openPipeline(openClusterStore)

it.each(fc.sample(chartHistories, { numRuns: 2, seed: 20_260_613 }))(
  'makes of tables that are spread over shards the charts that a count from nothing gives',
  async ({ calendar, steps }) => {
    await pipeline.clear()
    pipeline.clock.nowMs = beginOf(calendar)
    const events = opening(pipeline.clock.nowMs)
    for (const one of steps) {
      pipeline.clock.nowMs += 60_000
      const event = toEvent(one, calendar, pipeline.clock.nowMs)
      if (event !== undefined) events.push(event)
    }
    for (const event of events) await pipeline.append(event)
    await pipeline.ingest([10])
    const model = readHistory(events)
    await expectSameRows(pipeline.store().connect('site'), model, pseudonyms)
    await pipeline.build(rules)
    expectSameCharts(await pipeline.shownCharts(), model, rules)
  },
)
