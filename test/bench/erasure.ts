/**
 * An erasure, from the request to the receipt that says `complete`, beside a hundredth of the plays.
 * @module
 */
import type { Bench, BenchRun } from './bench-run.ts'
import type { LoadCommands } from './children/load.ts'
import type { ServiceCommands } from './children/service.ts'
import { toFigure } from './figures.ts'
import { djsOf, SESSIONS_PER_DJ } from './session-maker.ts'

/** The baseline has so many times fewer plays. */
const FEWER = 100
/** More often than anybody would build charts: what is waited for here is the erasure, not the clock. */
const CHARTS_CRON = '*/2 * * * * *'

export const measureErasure: Bench = async (run) => {
  const few = await erase(run, Math.ceil(run.sizes.servicePlays / FEWER))
  const many = await erase(run, run.sizes.servicePlays)
  const common = {
    bench: 'erasure',
    size: `${many.plays.toLocaleString('en-US')} plays`,
    against: `the same over ${few.plays.toLocaleString('en-US')} plays`,
    better: 'lower',
  } as const
  return [
    toFigure({
      ...common,
      name: 'time from the request until nothing is left on disk',
      measured: { value: many.erasedSeconds, unit: 's' },
      baseline: { value: few.erasedSeconds, unit: 's' },
    }),
    toFigure({
      ...common,
      name: 'time from the request to complete',
      measured: { value: many.completeSeconds, unit: 's' },
      baseline: { value: few.completeSeconds, unit: 's' },
    }),
  ]
}

async function erase(run: BenchRun, wanted: number) {
  const { tracksPerSession, connections } = run.sizes
  const sessions = Math.ceil(wanted / tracksPerSession)
  const djs = djsOf(sessions)
  const load = run.start<LoadCommands>('load.ts')
  const service = run.start<ServiceCommands>('service.ts')
  const { address, tokens } = await service.ask('listen', run.newFolder(), djs, CHARTS_CRON)
  const upload = { sessions, sessionsPerBody: SESSIONS_PER_DJ, tracksPerSession, connections, tokens }
  await load.ask('uploadAll', { ...upload, address, path: '/v1/sessions' })
  await service.ask('untilIngested', sessions)
  await service.ask('untilBuilt')
  const times = await service.ask('erase', tokens[0] ?? '')
  run.note(`over ${(sessions * tracksPerSession).toLocaleString('en-US')} plays: ${JSON.stringify(times)}`)
  await Promise.all([load.end(), service.end()])
  return { ...times, plays: sessions * tracksPerSession }
}
