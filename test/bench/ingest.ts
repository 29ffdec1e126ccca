/**
 * Plays a second from the log to the store, against reading the same events and against the engine loading the same rows.
 * @module
 */
import type { Bench, BenchRun } from './bench-run.ts'
import type { Child } from './child-process.ts'
import type { PipelineCommands } from './children/pipeline.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'
import { djsOf } from './session-maker.ts'
import { GROWTH } from './sizes.ts'

/** Each of them takes a log of its own size; more would take too long. */
const ROUNDS_MAX = 3

export const measureIngest: Bench = async (run) => {
  const pipeline = run.start<PipelineCommands>('pipeline.ts')
  const { ingestPlays } = run.sizes
  return [...(await measure(run, pipeline, ingestPlays)), ...(await measure(run, pipeline, ingestPlays * GROWTH))]
}

async function measure(run: BenchRun, pipeline: Child<PipelineCommands>, playsARound: number): Promise<Figure[]> {
  const { tracksPerSession } = run.sizes
  const rounds = Math.min(run.sizes.rounds, ROUNDS_MAX)
  const sessions = Math.ceil(playsARound / tracksPerSession)
  const plays = sessions * tracksPerSession
  const djs = djsOf(sessions)
  await pipeline.ask('open', run.newFolder())
  await pipeline.ask('addDjs', djs)

  const rates = async (took: { readonly seconds: number; readonly cpuSeconds: number }) => ({
    perSecond: plays / took.seconds,
    cpuMicrosEach: (took.cpuSeconds * 1e6) / plays,
  })
  const [ingest = [], parse = [], load = []] = await alternate(rounds, [
    async (round) => {
      await pipeline.ask('appendSessions', round * sessions, sessions, djs, tracksPerSession)
      return rates(await pipeline.ask('ingest', { keepRows: true }))
    },
    async () => rates(await pipeline.ask('parse')),
    async () => rates(await pipeline.ask('load')),
  ])
  const size = `${plays.toLocaleString('en-US')} plays in ${sessions.toLocaleString('en-US')} sessions`
  return [
    { against: 'JSON.parse alone, the same events', side: parse },
    { against: 'the engine loading the same rows from files', side: load },
  ].flatMap(({ against, side }) => [
    toFigure({
      bench: 'ingest',
      name: 'ingest, plays a second',
      size,
      against,
      better: 'higher',
      measured: { value: median(ingest.map(({ perSecond }) => perSecond)), unit: 'plays/s' },
      baseline: { value: median(side.map(({ perSecond }) => perSecond)), unit: 'plays/s' },
    }),
    toFigure({
      bench: 'ingest',
      name: 'ingest, processor time of a play',
      size,
      against,
      better: 'lower',
      measured: { value: median(ingest.map(({ cpuMicrosEach }) => cpuMicrosEach)), unit: 'µs' },
      baseline: { value: median(side.map(({ cpuMicrosEach }) => cpuMicrosEach)), unit: 'µs' },
    }),
  ])
}
