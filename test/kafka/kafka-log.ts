/**
 * Event logs in Kafka for tests: each with topics and a group of its own, on one broker.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
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

/** Makes the topics, as `infra/kafka` defines them, under names of their own. */
export async function makeTestTopics(brokers: string, partitions = 3): Promise<TestTopics> {
  const prefix = `t-${randomUUID().slice(0, 8)}`
  await makeTopics(brokers, prefix, partitions)
  return {
    events: `${prefix}.account-events`,
    deadLetters: `${prefix}.account-events.dead`,
    ledger: `${prefix}.erasure-ledger`,
    groupId: () => `${prefix}-ingest`,
  }
}

async function makeTopics(brokers: string, prefix: string, partitions: number): Promise<void> {
  const defined = allTopics({ partitions, replication: 1, retentionHours: 72 })
  const renamed: Topic[] = defined.map((topic) => ({ ...topic, name: `${prefix}.${topic.name}` }))
  const admin = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    await ensureTopics(admin, renamed)
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
