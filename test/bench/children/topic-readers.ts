/**
 * Who reads the topic of a cluster beside its ingest: a bare consumer of kafkajs that only parses, and ingest itself once
 * more, from the same messages into the same rows. Both have a group of their own, so what the cluster does is not disturbed.
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Kafka } from 'kafkajs'
import pino from 'pino'
import { Registry } from 'prom-client'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { createPseudonyms, type RotatingPseudonyms } from '#platform/keys/pseudonyms.ts'
import { batchLimits } from '#platform/process/open-service-log.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import { openHttpStore } from '#platform/store/http-store.ts'
import { requireKnownLog, writeLogPositions } from '#platform/store/known-log.ts'
import type { Store, StoreConnection } from '#platform/store/store.ts'
import { connectKafka } from '../../../infra/kafka/connect-kafka.ts'
import { EVENTS_TOPIC } from '../../../infra/kafka/topics.ts'
import { createIngestMetrics } from '../../../services/ingest/ingest-metrics.ts'
import { runIngestWorker } from '../../../services/ingest/ingest-worker.ts'
import { answerCommands } from '../child-process.ts'
import type { ClusterPlace } from './cluster.ts'
import type { Took } from './pipeline.ts'
import { watchVitalSigns } from './vital-signs.ts'

/** The end of a consumer waits for its last question. */
const FETCH_WAIT_MS_MAX = 250

const logger = pino({ level: 'silent' })
const vitalSigns = watchVitalSigns()

interface Opened {
  readonly brokers: string
  readonly kafka: Kafka
  readonly store: Store
  readonly pseudonyms: RotatingPseudonyms
}

let opened: Opened | undefined
/** The offset in each partition that a reader begins with. */
let marks: readonly { readonly partition: number; readonly offset: string }[] = []

const commands = {
  async open({ brokers, clickhouseUrl, masterKey }: Omit<ClusterPlace, 'address' | 'tokens'>): Promise<void> {
    const store = openHttpStore({ url: clickhouseUrl, user: 'default' })
    const pseudonyms = createPseudonyms(Buffer.from(masterKey))
    const contributorKey = await readContributorKey(store.connect('ingest'))
    if (contributorKey !== undefined) pseudonyms.useContributorKey(contributorKey)
    opened = { brokers, kafka: connectKafka({ brokers: [brokers], tls: false }), store, pseudonyms }
  },

  /** What comes into the topic from now on is what the readers read. */
  async mark(): Promise<void> {
    marks = await asked((admin) => admin.fetchTopicOffsets(EVENTS_TOPIC))
  },

  /** `JSON.parse` of so many messages from the mark on, and no more than that, from when the group is joined. */
  async parse(messages: number): Promise<Took> {
    const consumer = open().kafka.consumer({ groupId: await groupAtMark(), maxWaitTimeInMs: FETCH_WAIT_MS_MAX })
    const watch = createStopwatch()
    const took = new Promise<Took>((resolve, reject) => {
      let left = messages
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      consumer.on(consumer.events.GROUP_JOIN, () => watch.start())
      const run = async () => {
        await consumer.connect()
        await consumer.subscribe({ topics: [EVENTS_TOPIC] })
        await consumer.run({
          autoCommit: false,
          async eachBatch({ batch }) {
            for (const { value } of batch.messages) {
              const event: unknown = JSON.parse(value?.toString() ?? '')
              if (typeof event === 'object') left -= 1
            }
            if (left <= 0) resolve(watch.read())
          },
        })
      }
      run().catch(reject)
    })
    try {
      return await took
    } finally {
      await consumer.disconnect()
    }
  },

  /**
   * Ingests so many messages from the mark on, from when the group is joined. The position of each batch is written into
   * the store with its rows, as ingest does, or left out.
   */
  async ingest(messages: number, options: { readonly keepsPosition: boolean }): Promise<Took> {
    const { brokers, store, pseudonyms } = open()
    const connection = store.connect('ingest')
    // Under a name of its own, for under that of the log it stands where the cluster's ingest is.
    const knownLog = { ...(await requireKnownLog(connection)), id: randomUUID() }
    const positions = marks.map(({ partition, offset }) => [partition, Number(offset)] as const)
    await writeLogPositions(connection, knownLog, positions)
    const groupId = await groupAtMark()
    const log = openKafkaEventLog({
      brokers: [brokers],
      tls: false,
      clientId: 'bench',
      logger,
      clock: Date.now,
      groupId: () => groupId,
      ...batchLimits,
    })
    const watch = createStopwatch()
    const writing: StoreConnection = {
      ...connection,
      insert: async (rows) => {
        if (options.keepsPosition || rows.table !== 'operations.log_positions') await connection.insert(rows)
      },
    }
    try {
      const worker = { store: writing, pseudonyms, knownLog, metrics: createIngestMetrics(new Registry()), logger }
      const done = new AbortController()
      const watched = untilDone(log, { messages, watch, done })
      // No pause after a small batch, for here there is nothing to wait for.
      await runIngestWorker({ ...worker, log: watched, batchIntervalMs: 0 }, done.signal)
      return watch.read()
    } finally {
      await log.close()
    }
  },
}
export type TopicReadersCommands = typeof commands

answerCommands(commands, () => opened?.store.close())

function open(): Opened {
  if (opened === undefined) throw new Error('nothing is open')
  return opened
}

/** A new group that has everything before the mark behind it. */
async function groupAtMark(): Promise<string> {
  const groupId = `bench-${randomUUID()}`
  const partitions = marks.map(({ partition, offset }) => ({ partition, offset }))
  await asked((admin) => admin.setOffsets({ groupId, topic: EVENTS_TOPIC, partitions }))
  return groupId
}

async function asked<T>(ask: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = open().kafka.admin()
  await admin.connect()
  try {
    return await ask(admin)
  } finally {
    await admin.disconnect()
  }
}

/** The log, whose consumer ends by itself after so many messages. */
function untilDone(
  log: EventLog,
  given: { readonly messages: number; readonly watch: Stopwatch; readonly done: AbortController },
): EventLog {
  const { watch, done } = given
  let left = given.messages
  return {
    ...log,
    consume: (group, handle, signal, options = {}) =>
      log.consume(
        group,
        async (batch) => {
          await handle(batch)
          left -= batch.records.length
          if (left > 0) return
          watch.stop()
          done.abort()
        },
        signal,
        {
          ...options,
          async resumeFrom(partition) {
            watch.start()
            return await options.resumeFrom?.(partition)
          },
        },
      ),
  }
}

interface Stopwatch {
  /** The first start counts. */
  start(): void
  /** The first stop counts. */
  stop(): void
  /** Stops it where nobody has. */
  read(): Took
}

function createStopwatch(): Stopwatch {
  const now = () => ({ cpuMs: vitalSigns().cpuMs, atMs: performance.now() })
  let started: ReturnType<typeof now> | undefined
  let stopped: ReturnType<typeof now> | undefined
  return {
    start() {
      started ??= now()
    },
    stop() {
      stopped ??= now()
    },
    read() {
      const end = stopped ?? now()
      const begin = started ?? end
      return { seconds: (end.atMs - begin.atMs) / 1000, cpuSeconds: (end.cpuMs - begin.cpuMs) / 1000 }
    },
  }
}
