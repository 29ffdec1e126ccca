/**
 * The whole service with a million plays: its memory, how long its event loop stands still, and how long uploads take
 * while charts are being built.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench, BenchRun } from './bench-run.ts'
import type { Child } from './child-process.ts'
import type { BareServerCommands } from './children/bare-server.ts'
import type { LoadCommands } from './children/load.ts'
import type { ServiceCommands } from './children/service.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'
import { djsOf, SESSIONS_PER_DJ } from './session-maker.ts'

/** The process has to stay below this. */
const MEMORY_BYTES_MAX = 2 * 1024 ** 3
const MIB = 1024 ** 2
/** The bare server takes this part of the uploads: its pauses show soon. */
const BARE_SHARE = 10
const PACED_CONNECTIONS = 8
const ROUNDS_MAX = 3

export const measureService: Bench = async (run) => {
  const { servicePlays, tracksPerSession } = run.sizes
  const sessions = Math.ceil(servicePlays / tracksPerSession)
  const djs = djsOf(sessions)
  const load = run.start<LoadCommands>('load.ts')
  const bare = run.start<BareServerCommands>('bare-server.ts')
  const service = run.start<ServiceCommands>('service.ts')
  const { address, tokens } = await service.ask('listen', run.newFolder(), djs)
  run.note(`${djs.toLocaleString('en-US')} DJs are known`)
  const size = `${(sessions * tracksPerSession).toLocaleString('en-US')} plays of ${djs.toLocaleString('en-US')} DJs`

  const { connections } = run.sizes
  const upload = { sessions, sessionsPerBody: SESSIONS_PER_DJ, tracksPerSession, connections, tokens }
  const bareAddress = await bare.ask('listen')
  await bare.ask('vitalSigns')
  await load.ask('uploadAll', {
    ...upload,
    address: bareAddress,
    path: '/many',
    sessions: Math.ceil(sessions / BARE_SHARE),
  })
  const theirs = await bare.ask('vitalSigns')

  await service.ask('vitalSigns')
  const startedAt = performance.now()
  const { seconds } = await load.ask('uploadAll', { ...upload, address, path: '/v1/sessions' })
  run.note(`uploaded in ${seconds.toFixed(1)} s`)
  await service.ask('untilIngested', sessions)
  run.note(`ingested after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  const ours = await service.ask('vitalSigns')

  const common = { bench: 'service', size, better: 'lower' } as const
  return [
    toFigure({
      ...common,
      name: 'peak memory of uploading and ingesting',
      against: 'what it may take',
      measured: { value: ours.peakBytes / MIB, unit: 'MiB' },
      baseline: { value: MEMORY_BYTES_MAX / MIB, unit: 'MiB' },
    }),
    toFigure({
      ...common,
      name: 'longest pause of the event loop meanwhile',
      against: `bare Fastify server taking the same uploads (1 in ${BARE_SHARE})`,
      measured: { value: ours.longestDelayMs, unit: 'ms' },
      baseline: { value: theirs.longestDelayMs, unit: 'ms' },
    }),
    ...(await uploadsBesideBuild(run, load, service, { address, token: tokens[0] ?? '', size })),
  ]
}

async function uploadsBesideBuild(
  run: BenchRun,
  load: Child<LoadCommands>,
  service: Child<ServiceCommands>,
  { address, token, size }: { readonly address: string; readonly token: string; readonly size: string },
): Promise<Figure[]> {
  const { tracksPerSession, pacedPerSecond, pacedSeconds } = run.sizes
  const upload = { address, path: '/v1/sessions', token, sessionsPerBody: 1, tracksPerSession, bodies: 64 }
  await load.ask('prepareUpload', 'paced', upload)
  const paced = async (meanwhile: () => Promise<unknown>) => {
    await load.ask('startPacing', 'paced', pacedPerSecond, PACED_CONNECTIONS)
    await meanwhile()
    return await load.ask('stopPacing')
  }
  const buildSeconds: number[] = []
  const building = async () => {
    const until = performance.now() + pacedSeconds * 1000
    // What the load uploads gives each build something to do: all plays of the week, the month and the year.
    do buildSeconds.push((await service.ask('build')).seconds)
    while (performance.now() < until)
  }
  const [quiet = [], busy = []] = await alternate(Math.min(run.sizes.rounds, ROUNDS_MAX), [
    () => paced(() => sleep(pacedSeconds * 1000)),
    () => paced(building),
  ])
  run.note(`builds took ${median(buildSeconds).toFixed(1)} s`)
  const common = {
    bench: 'service',
    size: `${size}, ${pacedPerSecond} uploads/s`,
    against: 'the same without a build',
    better: 'lower',
  } as const
  return [
    toFigure({
      ...common,
      name: 'uploads while charts are built, median time',
      measured: { value: median(busy.map(({ p50Ms }) => p50Ms)), unit: 'ms' },
      baseline: { value: median(quiet.map(({ p50Ms }) => p50Ms)), unit: 'ms' },
    }),
    toFigure({
      ...common,
      name: 'uploads while charts are built, 99th percentile',
      measured: { value: median(busy.map(({ p99Ms }) => p99Ms)), unit: 'ms' },
      baseline: { value: median(quiet.map(({ p99Ms }) => p99Ms)), unit: 'ms' },
    }),
  ]
}
