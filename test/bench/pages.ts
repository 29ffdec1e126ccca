/**
 * Reading charts, the home page and a track, against a bare Fastify route that sends the same bytes: as the site answers, and
 * as it does where it has to read and render anew each time.
 * @module
 */
import type { Chart } from '#schemas/records/chart.ts'
import type { Bench } from './bench-run.ts'
import type { BareServerCommands } from './children/bare-server.ts'
import type { LoadCommands } from './children/load.ts'
import type { ServiceCommands } from './children/service.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'
import { djsOf, SESSIONS_PER_DJ, WEEK } from './session-maker.ts'

const CHART = `/charts/world/all/${WEEK}`

export const measurePages: Bench = async (run) => {
  const { sizes } = run
  const load = run.start<LoadCommands>('load.ts')
  const service = run.start<ServiceCommands>('service.ts')
  const bare = run.start<BareServerCommands>('bare-server.ts')
  const sessions = Math.ceil(sizes.pagePlays / sizes.tracksPerSession)
  const djs = djsOf(sessions)
  const { address, tokens } = await service.ask('listen', run.newFolder(), djs)
  const bareAddress = await bare.ask('listen')
  const { tracksPerSession, connections } = sizes
  await load.ask('uploadAll', {
    address,
    path: '/v1/sessions',
    tokens,
    sessions,
    sessionsPerBody: SESSIONS_PER_DJ,
    tracksPerSession,
    connections,
  })
  await service.ask('untilIngested', sessions)
  await service.ask('build')
  const uncachedAddress = await service.ask('listenUncached')

  const { entries } = (await (await fetch(`${address}/v1${CHART}`)).json()) as Chart
  const answers = [
    { name: 'chart as JSON', path: `/v1${CHART}`, accept: 'application/json' },
    { name: 'chart as a page', path: CHART, accept: 'text/html' },
    { name: 'home page', path: '/', accept: 'text/html' },
    { name: 'track as a page', path: `/tracks/${entries[0]?.track.id}`, accept: 'text/html' },
  ]
  const figures: Figure[] = []
  for (const { name, path, accept } of answers) {
    const answer = await fetch(`${address}${path}`, { headers: { accept } })
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    await bare.ask('serve', 'chart', bytes, answer.headers.get('content-type') ?? '')
    await load.ask('prepareRead', 'cached', address, path, accept)
    await load.ask('prepareRead', 'rendered', uncachedAddress, path, accept)
    await load.ask('prepareRead', 'bare', bareAddress, '/answers/chart', accept)
    const round = async (side: 'cached' | 'rendered' | 'bare') => {
      const { requests, seconds } = await load.ask('saturate', side, connections, sizes.roundSeconds)
      return requests / seconds
    }
    const sides = [() => round('cached'), () => round('rendered'), () => round('bare')]
    const [cached = [], rendered = [], theirs = []] = await alternate(sizes.rounds, sides)
    for (const [how, ours] of [
      ['remembered', cached],
      ['rendered each time', rendered],
    ] as const) {
      figures.push(
        toFigure({
          bench: 'pages',
          name: `${name}, ${how}, requests a second`,
          size: `${Math.round(bytes.length / 1024)} KiB, ${connections} connections`,
          against: 'bare Fastify route, the same bytes',
          better: 'higher',
          measured: { value: median(ours), unit: 'requests/s' },
          baseline: { value: median(theirs), unit: 'requests/s' },
        }),
      )
    }
  }
  return figures
}
