/**
 * Building all charts of a week, against the one `GROUP BY` that the chart of the world needs; and what analysts see of the
 * week, against building the charts.
 * @module
 */
import type { Bench, BenchRun } from './bench-run.ts'
import type { Child } from './child-process.ts'
import type { PipelineCommands } from './children/pipeline.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'
import { djsOf } from './session-maker.ts'
import { GROWTH } from './sizes.ts'

/** Sessions that go into the log before they are ingested, so that filling takes little memory. */
const SESSIONS_PER_FILL = 10_000

const MINIMUM_DJS = 5

export const measureChartBuild: Bench = async (run) => {
  const pipeline = run.start<PipelineCommands>('pipeline.ts')
  const { chartPlays } = run.sizes
  return [...(await measure(run, pipeline, chartPlays)), ...(await measure(run, pipeline, chartPlays * GROWTH))]
}

async function measure(run: BenchRun, pipeline: Child<PipelineCommands>, plays: number): Promise<Figure[]> {
  const { tracksPerSession, rounds } = run.sizes
  const sessions = Math.ceil(plays / tracksPerSession)
  const djs = djsOf(sessions)
  await pipeline.ask('open', run.newFolder())
  await pipeline.ask('addDjs', djs)
  for (let from = 0; from < sessions; from += SESSIONS_PER_FILL) {
    const count = Math.min(SESSIONS_PER_FILL, sessions - from)
    await pipeline.ask('appendSessions', from, count, djs, tracksPerSession)
    await pipeline.ask('ingest', { keepRows: false })
    await pipeline.ask('parse')
  }

  let [charts, counted, rows] = [0, 0, 0]
  const analysts: number[] = []
  const [build = [], count = []] = await alternate(rounds, [
    async () => {
      const took = await pipeline.ask('buildWeek', MINIMUM_DJS)
      charts = took.charts
      rows = took.analystsRows
      analysts.push(took.analystsSeconds)
      return took.seconds
    },
    async () => {
      const took = await pipeline.ask('countWeek')
      counted = took.plays
      return took.seconds
    },
  ])
  const size = `${counted.toLocaleString('en-US')} counted plays of ${djs.toLocaleString('en-US')} DJs`
  const charting = { value: median(build) * 1000, unit: 'ms' } as const
  return [
    toFigure({
      bench: 'charts',
      name: 'building all charts of a week',
      size: `${size}, ${charts} charts`,
      against: 'one GROUP BY track over the same contributions',
      better: 'lower',
      measured: charting,
      baseline: { value: median(count) * 1000, unit: 'ms' },
    }),
    toFigure({
      bench: 'charts',
      name: "building the analysts' tables of a week",
      size: `${size}, ${rows.toLocaleString('en-US')} rows of tracks`,
      against: 'building all charts of the week',
      better: 'lower',
      // The first round, which warms up, is not among them.
      measured: { value: median(analysts.slice(-rounds)) * 1000, unit: 'ms' },
      baseline: charting,
    }),
  ]
}
