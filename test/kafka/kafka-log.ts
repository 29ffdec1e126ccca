/**
 * Event logs in Kafka for tests: each with topics and a group of its own, on one broker.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import pino from 'pino'
import type { KafkaEventLogOptions } from '#platform/event-log/kafka-event-log.ts'
import { ensureTopics } from '../../infra/kafka/ensure-topics.ts'
import { topics as allTopics, type Topic } from '../../infra/kafka/topics.ts'

/** Names that no other log of this broker has. */
export interface TestTopics {
  readonly events: string
  readonly deadLetters: string
  readonly ledger: string
  readonly groupId: () => string
}

export interface TestTopicsOptions {
  readonly partitions?: number
  /** Settings of the topic of events that are to differ from the definition. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Makes the topics, as `infra/kafka` defines them, under names of their own. */
export async function makeTestTopics(brokers: string, options: TestTopicsOptions = {}): Promise<TestTopics> {
  const prefix = `t-${randomUUID().slice(0, 8)}`
  const topics = {
    events: `${prefix}.account-events`,
    deadLetters: `${prefix}.account-events.dead`,
    ledger: `${prefix}.erasure-ledger`,
    groupId: () => `${prefix}-ingest`,
  }
  await makeTopicsOf(brokers, topics, options)
  return topics
}

/** Makes those that are missing. */
export async function makeTopicsOf(
  brokers: string,
  { events }: TestTopics,
  { partitions = 3, settings = {} }: TestTopicsOptions = {},
): Promise<void> {
  const prefix = events.slice(0, events.indexOf('.'))
  const renamed = allTopics({ partitions, replication: 1, retentionHours: 72 }).map((topic): Topic => {
    const name = `${prefix}.${topic.name}`
    return name === events ? { ...topic, name, settings: { ...topic.settings, ...settings } } : { ...topic, name }
  })
  await withAdmin(brokers, (admin) => ensureTopics(admin, renamed))
}

export async function withAdmin<T>(brokers: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

/** Options that open a log on these topics. */
export function logOptions(brokers: string, topics: TestTopics): KafkaEventLogOptions {
  return {
    brokers: [brokers],
    tls: false,
    clientId: 'tonearm-test',
    logger: pino({ level: 'silent' }),
    clock: Date.now,
    topics,
    groupId: topics.groupId,
  }
}
