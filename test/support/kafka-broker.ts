/**
 * A real broker of Apache Kafka for a test file, in a folder that goes when the file ends.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { connectKafka } from '../../infra/kafka/connect-kafka.ts'
import { prepareKafkaArtifacts } from '../../infra/kafka/dev/kafka-artifacts.ts'
import { type Broker, startBroker as startBrokerIn } from '../../infra/kafka/dev/start-broker.ts'
import { makeTopics } from '../../infra/kafka/make-topics.ts'

const RETENTION_HOURS = 72

export interface TestBroker {
  /** As `KAFKA_BROKERS` has it. */
  readonly brokers: string
  /** SIGKILL of the broker's process; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again, in its folder and on its port, after `kill` or `stop`; resolves when it serves. */
  restart(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
}

const folders = new Set<string>()
const running = new Set<Broker>()

afterAll(async () => {
  await Promise.all([...running].map((broker) => broker.kill()))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
})

/**
 * Starts a broker, with three partitions of `account-events` where nothing else is said; without topics it has none. Call it
 * in `beforeAll` or in a test of a file that `optional-parts.ts` knows to need Kafka.
 */
export async function startBroker(
  options: { readonly partitions?: number; readonly topics?: boolean } = {},
): Promise<TestBroker> {
  const { partitions = 3, topics = true } = options
  const artifacts = await prepareKafkaArtifacts()
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-kafka-'))
  folders.add(folder)
  const start = async (port?: number) => {
    const broker = await startBrokerIn({ ...artifacts, folder, port })
    running.add(broker)
    void broker.ended.then(() => running.delete(broker))
    return broker
  }
  let broker = await start()
  if (topics) {
    const kafka = connectKafka({ brokers: [broker.address], tls: false })
    await makeTopics(kafka, { partitions, retentionHours: RETENTION_HOURS })
  }
  return {
    brokers: broker.address,
    kill: () => broker.kill(),
    restart: async () => {
      broker = await start(broker.port)
    },
    stop: () => broker.stop(),
  }
}
