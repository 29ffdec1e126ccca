/**
 * Plays a second from upload to store in distributed mode, with one and with two ingest processes, against reading the same
 * messages and against the same uploads to one process; and what it costs to keep the position with the rows.
 * @module
 */
import { hasKafkaArtifacts } from '../../infra/kafka/dev/kafka-artifacts.ts'
import type { Bench, BenchRun } from './bench-run.ts'
import type { Child } from './child-process.ts'
import type { ClusterCommands, IngestSums } from './children/cluster.ts'
import type { LoadCommands } from './children/load.ts'
import type { Took } from './children/pipeline.ts'
import type { ServiceCommands } from './children/service.ts'
import type { TopicReadersCommands } from './children/topic-readers.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'
import { djsOf } from './session-maker.ts'
import { GROWTH } from './sizes.ts'

/** Each takes all sides from upload to store; more would take too long. */
const ROUNDS_MAX = 3

export const measureDistributed: Bench = async (run) => {
  if (!hasKafkaArtifacts()) {
    run.note('skipped, for Kafka is not there, which `npm run kafka:dev -- --prepare` fetches, given Java and Maven')
    return []
  }
  const { distributedPlays } = run.sizes
  const sides = await startSides(run, distributedPlays * GROWTH)
  return [
    ...(await measureUploads(run, sides, distributedPlays)),
    ...(await measureUploads(run, sides, distributedPlays * GROWTH)),
    ...(await measurePosition(run, sides, distributedPlays)),
  ]
}

/** Where sessions are uploaded to. All are given the same, so their stores hold the same. */
type Mode = 'one' | 'two' | 'standalone'

interface Sides {
  readonly load: Child<LoadCommands>
  readonly readers: Child<TopicReadersCommands>
  /** Prepares the next bodies for a mode, uploads them, and resolves when the store has them; how long that took. */
  uploadUntilStored(mode: Mode, bodies: number): Promise<number>
  /** Of all ingest processes of a cluster, so far. */
  ingestSums(mode: 'one' | 'two'): Promise<IngestSums>
}

async function startSides(run: BenchRun, playsMax: number): Promise<Sides> {
  const { tracksPerSession, sessionsPerBody, connections } = run.sizes
  const djs = djsOf(Math.ceil(playsMax / tracksPerSession))
  const load = run.start<LoadCommands>('load.ts')
  const readers = run.start<TopicReadersCommands>('topic-readers.ts')
  const one = run.start<ClusterCommands>('cluster.ts')
  const two = run.start<ClusterCommands>('cluster.ts')
  const standalone = run.start<ServiceCommands>('service.ts')
  const [ofOne, ofTwo, ofStandalone] = await Promise.all([
    one.ask('start', run.newFolder(), 1, djs),
    two.ask('start', run.newFolder(), 2, djs),
    standalone.ask('listen', run.newFolder(), djs),
  ])
  const { brokers, clickhouseUrl, masterKey } = ofOne
  await readers.ask('open', { brokers, clickhouseUrl, masterKey })
  const modes = {
    one: { ...ofOne, untilStored: (sessions: number) => one.ask('untilStored', sessions) },
    two: { ...ofTwo, untilStored: (sessions: number) => two.ask('untilStored', sessions) },
    standalone: { ...ofStandalone, untilStored: (sessions: number) => standalone.ask('untilStored', sessions) },
  }
  const uploaded = { one: 0, two: 0, standalone: 0 }
  return {
    load,
    readers,
    ingestSums: (mode) => (mode === 'one' ? one : two).ask('ingestSums'),
    async uploadUntilStored(mode, bodies) {
      const { address, tokens, untilStored } = modes[mode]
      const upload = { address, path: '/v1/sessions', tokens, sessionsPerBody, tracksPerSession }
      await load.ask('prepareAll', mode, { ...upload, fromBody: uploaded[mode], bodies })
      uploaded[mode] += bodies
      const startedAt = performance.now()
      await load.ask('sendAll', mode, connections)
      await untilStored(uploaded[mode] * sessionsPerBody)
      return (performance.now() - startedAt) / 1000
    },
  }
}

async function measureUploads(run: BenchRun, sides: Sides, playsARound: number): Promise<Figure[]> {
  const { bodies, sessions, plays, size } = amountOf(run, playsARound)
  const rates = ratesOf(plays)
  const [one = [], two = [], standalone = [], parse = []] = await alternate(Math.min(run.sizes.rounds, ROUNDS_MAX), [
    async () => {
      await sides.readers.ask('mark')
      return rates(await measureCluster(run, sides, 'one', { bodies, sessions }))
    },
    async () => rates(await measureCluster(run, sides, 'two', { bodies, sessions })),
    async () => rates({ seconds: await sides.uploadUntilStored('standalone', bodies), cpuSeconds: 0 }),
    async () => rates(await sides.readers.ask('parse', sessions)),
  ])
  const bareConsumer = 'bare kafkajs consumer, JSON.parse alone, the same messages'
  const speed = { size, better: 'higher', unit: 'plays/s', of: perSecond } as const
  const name = 'from upload to store, plays a second'
  const nameOfTwo = 'from upload to store with two ingest processes, plays a second'
  return [
    figure({ ...speed, name, measured: one, against: bareConsumer, baseline: parse }),
    figure({ ...speed, name, measured: one, against: 'standalone, the same uploads', baseline: standalone }),
    figure({ ...speed, name: nameOfTwo, measured: two, against: bareConsumer, baseline: parse }),
    figure({ ...speed, name: nameOfTwo, measured: two, against: 'standalone, the same uploads', baseline: standalone }),
    figure({
      ...speed,
      name: nameOfTwo,
      measured: two,
      against: 'one ingest process, the same uploads',
      baseline: one,
    }),
    figure({
      ...{ size, better: 'lower', unit: 'µs', of: cpuMicrosEach },
      ...{ name: 'ingest process, processor time of a play', measured: one, against: bareConsumer, baseline: parse },
    }),
  ]
}

/** Says what it was spent on, by the metrics of ingest. The pause after a small batch is in no batch's time. */
async function measureCluster(
  run: BenchRun,
  sides: Sides,
  mode: 'one' | 'two',
  { bodies, sessions }: { readonly bodies: number; readonly sessions: number },
): Promise<Took> {
  const before = await sides.ingestSums(mode)
  const seconds = await sides.uploadUntilStored(mode, bodies)
  const after = await sides.ingestSums(mode)
  const batches = after.batches - before.batches
  const share = (name: 'batchSeconds' | 'storeSeconds') => `${(after[name] - before[name]).toFixed(2)} s`
  run.note(
    `ingest processes: ${mode}; ${seconds.toFixed(2)} s; ${batches} batches of ${Math.round(sessions / batches)} sessions took ${share('batchSeconds')}, of which the store took ${share('storeSeconds')}`,
  )
  return { seconds, cpuSeconds: after.cpuSeconds - before.cpuSeconds }
}

/** Ingest alone catches up with what the topic holds, so that nothing but the position differs. */
async function measurePosition(run: BenchRun, { readers, ...sides }: Sides, playsARound: number): Promise<Figure[]> {
  const { bodies, sessions, plays, size } = amountOf(run, playsARound)
  const rates = ratesOf(plays)
  await readers.ask('mark')
  await sides.uploadUntilStored('one', bodies)
  const [kept = [], leftOut = []] = await alternate(run.sizes.rounds, [
    async () => rates(await readers.ask('ingest', sessions, { keepsPosition: true })),
    async () => rates(await readers.ask('ingest', sessions, { keepsPosition: false })),
  ])
  const common = { size, measured: kept, against: 'the same without its position in the store', baseline: leftOut }
  return [
    figure({ ...common, name: 'ingest from Kafka, plays a second', better: 'higher', unit: 'plays/s', of: perSecond }),
    figure({
      ...common,
      ...{ name: 'ingest from Kafka, processor time of a play', better: 'lower', unit: 'µs', of: cpuMicrosEach },
    }),
  ]
}

interface Rates {
  readonly perSecond: number
  readonly cpuMicrosEach: number
}

const perSecond = (rates: Rates) => rates.perSecond
const cpuMicrosEach = (rates: Rates) => rates.cpuMicrosEach

function ratesOf(plays: number): (took: Took) => Rates {
  return ({ seconds, cpuSeconds }) => ({ perSecond: plays / seconds, cpuMicrosEach: (cpuSeconds * 1e6) / plays })
}

/** A round is so many whole bodies. */
function amountOf({ sizes }: BenchRun, playsARound: number) {
  const { tracksPerSession, sessionsPerBody, connections } = sizes
  const bodies = Math.ceil(playsARound / tracksPerSession / sessionsPerBody)
  const sessions = bodies * sessionsPerBody
  const plays = sessions * tracksPerSession
  const size = `${plays.toLocaleString('en-US')} plays in ${sessions.toLocaleString('en-US')} sessions, ${sessionsPerBody} an upload, ${connections} connections`
  return { bodies, sessions, plays, size }
}

function figure(given: {
  readonly name: string
  readonly size: string
  readonly better: 'higher' | 'lower'
  readonly unit: string
  readonly of: (rates: Rates) => number
  readonly measured: readonly Rates[]
  readonly against: string
  readonly baseline: readonly Rates[]
}): Figure {
  const { name, size, better, against, unit, of } = given
  const amount = (rounds: readonly Rates[]) => ({ value: median(rounds.map(of)), unit })
  const sides = { measured: amount(given.measured), baseline: amount(given.baseline) }
  return toFigure({ bench: 'distributed', name, size, better, against, ...sides })
}
