/**
 * Tonearm in distributed mode: a broker, a ClickHouse server (chDB behind ClickHouse's HTTP interface), upload, and as many
 * ingest processes as are asked for, each a process of its own, as `npm run service` starts them.
 * @module
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import { openHttpStore } from '#platform/store/http-store.ts'
import type { Store } from '#platform/store/store.ts'
import { connectKafka } from '../../../infra/kafka/connect-kafka.ts'
import { prepareKafkaArtifacts } from '../../../infra/kafka/dev/kafka-artifacts.ts'
import { type Broker, startBroker } from '../../../infra/kafka/dev/start-broker.ts'
import { makeTopics } from '../../../infra/kafka/make-topics.ts'
import { answerCommands } from '../child-process.ts'
import { createPrograms } from './started-program.ts'
import { storeProfiles } from './store-profiles.ts'
import { readMetric, untilStored } from './until-stored.ts'

const RETENTION_HOURS = 72
const GROUP = 'tonearm-ingest'
const READY_POLL_MS = 50
const serves = /^Tonearm \w+ serves at (http:\S+)$/m

/** Where the parts of a cluster are. */
export interface ClusterPlace {
  /** Of upload. */
  readonly address: string
  readonly tokens: string[]
  readonly brokers: string
  readonly clickhouseUrl: string
  readonly masterKey: Uint8Array
}

/** Sums over ingest processes, by their own metrics. */
export interface IngestSums {
  readonly cpuSeconds: number
  readonly batches: number
  /** From a batch to its position being kept. */
  readonly batchSeconds: number
  /** Of that, in which the store takes the rows. */
  readonly storeSeconds: number
}

const programs = createPrograms()
const masterKey = Buffer.alloc(32, 7)
let broker: Broker | undefined
let store: Store | undefined
let ingestAddresses: string[] = []

const commands = {
  /** Starts it in an empty folder, with DJs who contribute; resolves when each ingest process has its partitions. */
  async start(folder: string, ingests: number, djs: number): Promise<ClusterPlace> {
    const [brokers, clickhouseUrl] = await Promise.all([startKafka(folder), startClickhouse(folder)])
    const dataDir = join(folder, 'data')
    const tokenKey = await readLocalKey(dataDir)
    const settings = {
      DATA_DIR: dataDir,
      MASTER_KEY: masterKey.toString('base64'),
      KAFKA_BROKERS: brokers,
      CLICKHOUSE_URL: clickhouseUrl,
      PORT: '0',
      LOG_LEVEL: 'warn',
    }
    const start = (name: string, more: Readonly<Record<string, string>> = {}) =>
      programs.start('services/service.ts', [name], { ...settings, ...more }, serves)
    const [address, ...addresses] = await Promise.all([
      start('upload', { UPLOADS_PER_MINUTE: '1000000' }),
      ...Array.from({ length: ingests }, () => start('ingest')),
    ])
    ingestAddresses = addresses
    for (const one of [address, ...addresses]) await untilReady(one)
    await untilShared(brokers, ingests)
    store = openHttpStore({ url: clickhouseUrl, user: 'default' })
    const pseudonyms = createPseudonyms(masterKey)
    const contributorKey = await readContributorKey(store.connect('ingest'))
    if (contributorKey === undefined) throw new Error('ingest has made no key of contributors')
    pseudonyms.useContributorKey(contributorKey)
    await storeProfiles(store.connect('ingest'), pseudonyms, djs)
    const tokens = Array.from({ length: djs }, (_, dj) => issueToken(tokenKey, `dj-${dj}`, ['dj']))
    return { address, tokens: await Promise.all(tokens), brokers, clickhouseUrl, masterKey }
  },

  /** Resolves when nothing is left in the log that is not stored, and the store has so many sessions in all. */
  async untilStored(sessions: number): Promise<void> {
    const [address] = ingestAddresses
    if (address === undefined || store === undefined) throw new Error('nothing was started')
    await untilStored(address, store.connect('audit'), sessions)
  },

  /** What all ingest processes have done so far. */
  async ingestSums(): Promise<IngestSums> {
    const sum = async (metric: string) => {
      const each = await Promise.all(ingestAddresses.map((one) => readMetric(one, metric)))
      return each.reduce((total, value) => total + value, 0)
    }
    return {
      cpuSeconds: await sum('process_cpu_seconds_total'),
      batches: await sum('tonearm_ingest_batch_events_count'),
      batchSeconds: await sum('tonearm_ingest_batch_seconds_sum'),
      storeSeconds: await sum('tonearm_ingest_store_seconds_sum'),
    }
  },
}
export type ClusterCommands = typeof commands

answerCommands(commands, async () => {
  await store?.close()
  await programs.endAll()
  // Nothing in it is wanted any more.
  await broker?.kill()
})

async function startKafka(folder: string): Promise<string> {
  broker = await startBroker({ ...(await prepareKafkaArtifacts()), folder: join(folder, 'kafka') })
  await makeTopics(connectKafka({ brokers: [broker.address], tls: false }), { retentionHours: RETENTION_HOURS })
  return broker.address
}

function startClickhouse(folder: string): Promise<string> {
  const args = ['--folder', join(folder, 'clickhouse'), '--port', '0']
  // As the script in package.json has it.
  const environment = { UV_THREADPOOL_SIZE: '24' }
  return programs.start('infra/clickhouse/dev/main.ts', args, environment, /^ClickHouse .* serves at (http:\S+)$/m)
}

async function untilReady(address: string): Promise<void> {
  while ((await fetch(`${address}/readyz`)).status !== 200) await sleep(READY_POLL_MS)
}

/** A second process begins with a rebalance, which is over when both have their partitions. */
async function untilShared(brokers: string, members: number): Promise<void> {
  const admin = connectKafka({ brokers: [brokers], tls: false }).admin()
  await admin.connect()
  try {
    for (;;) {
      const { groups } = await admin.describeGroups([GROUP])
      const [group] = groups
      if (group?.state === 'Stable' && group.members.length === members) return
      await sleep(READY_POLL_MS)
    }
  } finally {
    await admin.disconnect()
  }
}
