/**
 * Uploads a second: the upload service against a bare Fastify route that parses and validates the same bodies.
 * @module
 */
import type { Bench, BenchRun } from './bench-run.ts'
import type { Child } from './child-process.ts'
import type { BareServerCommands } from './children/bare-server.ts'
import type { LoadCommands } from './children/load.ts'
import type { UploadServerCommands } from './children/upload-server.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'

/** Different bodies that the load sends in turn. */
const BODIES = 64

export const measureUploads: Bench = async (run) => {
  const load = run.start<LoadCommands>('load.ts')
  const service = run.start<UploadServerCommands>('upload-server.ts')
  const bare = run.start<BareServerCommands>('bare-server.ts')
  const { address, token } = await service.ask('listen', run.newFolder())
  const bareAddress = await bare.ask('listen')

  const figures: Figure[] = []
  for (const { sessions, barePath } of [
    { sessions: 1, barePath: '/one' },
    { sessions: run.sizes.sessionsPerBody, barePath: '/many' },
  ]) {
    const body = { token, sessionsPerBody: sessions, tracksPerSession: run.sizes.tracksPerSession, bodies: BODIES }
    const { bodyBytes } = await load.ask('prepareUpload', 'service', { ...body, address, path: '/v1/sessions' })
    await load.ask('prepareUpload', 'bare', { ...body, address: bareAddress, path: barePath })
    figures.push(...(await compare(run, { load, service, bare }, sessions, bodyBytes)))
  }
  return figures
}

interface Sides {
  readonly load: Child<LoadCommands>
  readonly service: Child<UploadServerCommands>
  readonly bare: Child<BareServerCommands>
}

async function compare(run: BenchRun, sides: Sides, sessions: number, bodyBytes: number): Promise<Figure[]> {
  const { sizes } = run
  const round = async (name: 'service' | 'bare') => {
    const side: Pick<Child<BareServerCommands>, 'ask'> = sides[name]
    const cpuMs = async () => (await side.ask('vitalSigns')).cpuMs
    const before = await cpuMs()
    const { requests, seconds } = await sides.load.ask('saturate', name, sizes.connections, sizes.roundSeconds)
    return { perSecond: requests / seconds, cpuMsEach: ((await cpuMs()) - before) / requests }
  }
  const [service = [], bare = []] = await alternate(sizes.rounds, [() => round('service'), () => round('bare')])
  const size = `${sessions} ${sessions === 1 ? 'session' : 'sessions'} of ${sizes.tracksPerSession} tracks, ${Math.round(bodyBytes / 1024)} KiB, ${sizes.connections} connections`
  const common = { bench: 'uploads', size, against: 'bare Fastify route, same bodies and schema' }
  return [
    toFigure({
      ...common,
      name: 'uploads a second',
      better: 'higher',
      measured: { value: median(service.map(({ perSecond }) => perSecond)), unit: 'requests/s' },
      baseline: { value: median(bare.map(({ perSecond }) => perSecond)), unit: 'requests/s' },
    }),
    toFigure({
      ...common,
      name: 'processor time of an upload',
      better: 'lower',
      measured: { value: median(service.map(({ cpuMsEach }) => cpuMsEach)), unit: 'ms' },
      baseline: { value: median(bare.map(({ cpuMsEach }) => cpuMsEach)), unit: 'ms' },
    }),
  ]
}
