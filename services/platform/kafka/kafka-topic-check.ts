/**
 * Holds the topics against what Tonearm needs of them, before the first use. None is ever made here: a slip in a name
 * would make one, with the brokers' defaults, and lose what comes to it.
 * @module
 */
import kafkajs from 'kafkajs'
import { TonearmError } from '../errors/tonearm-error.ts'
import type { KafkaClient } from './kafka-client.ts'
import { kafkaErrorType } from './kafka-error.ts'

export interface TopicNeeds {
  readonly topic: string
  readonly messageBytesMin: number
  /** What its clean-up may be, as the brokers write it. A log of events must not be compacted: its keys are owners. */
  readonly cleanup: 'delete' | 'compact,delete'
  /** How long it has to keep what it holds, endless included; where this is absent, it must not keep it for ever. */
  readonly retentionMsMin?: number
}

/** `retention.ms` of a topic from which nothing goes. */
const ENDLESS = -1

/** The settings of a topic, by their names in the brokers' documentation. */
export type TopicSettings = ReadonlyMap<string, string>

/** @throws TonearmError `config-invalid`, naming the topic, the setting and what to run. Passes on what kafkajs throws. */
export async function checkTopics(client: KafkaClient, needs: readonly TopicNeeds[]): Promise<void> {
  for (const { topic } of needs) {
    if ((await countPartitions(client, topic)) === undefined) throw missingTopic(topic)
  }
  const names = needs.map(({ topic }) => topic)
  const settings = await readTopicSettings(client, names)
  for (const need of needs) checkSettings(need, settings.get(need.topic) ?? new Map())
}

export async function readTopicSettings(
  client: KafkaClient,
  topics: readonly string[],
): Promise<ReadonlyMap<string, TopicSettings>> {
  const { resources } = await client.admin.run((admin) =>
    admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
    }),
  )
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  )
}

/** `undefined` where there is no such topic. One at a time: an answer about several does not say which one is missing. */
export async function countPartitions(client: KafkaClient, topic: string): Promise<number | undefined> {
  try {
    const { topics } = await client.admin.run((admin) => admin.fetchTopicMetadata({ topics: [topic] }))
    return topics[0]?.partitions.length
  } catch (error) {
    if (kafkaErrorType(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined
    throw error
  }
}

function checkSettings({ topic, messageBytesMin, cleanup, retentionMsMin }: TopicNeeds, settings: TopicSettings): void {
  const value = (name: string) => settings.get(name) ?? ''
  if (value('message.timestamp.type') !== 'LogAppendTime') {
    throw invalid(topic, 'must have message.timestamp.type=LogAppendTime: retention counts by the clock of the brokers')
  }
  if (Number(value('max.message.bytes')) < messageBytesMin) {
    throw invalid(
      topic,
      `must have max.message.bytes=${messageBytesMin} at least, or an upload within the limits is refused`,
    )
  }
  const policy = value('cleanup.policy').split(',').sort().join(',')
  if (policy !== cleanup) throw invalid(topic, `must have cleanup.policy=${cleanup}`)
  const retentionMs = Number(value('retention.ms'))
  if (retentionMsMin === undefined && !(retentionMs > 0)) {
    throw invalid(topic, 'must have a retention.ms: what people ask to be erased goes from it by that alone')
  }
  if (retentionMsMin !== undefined && retentionMs !== ENDLESS && !(retentionMs >= retentionMsMin)) {
    throw invalid(topic, `must have retention.ms=${retentionMsMin} at least`)
  }
}

export function missingTopic(topic: string): TonearmError {
  return invalid(topic, 'does not exist')
}

/** Owners are shared over more partitions than the topic has: it was made anew, and ingest has not been told so. */
export function fewerPartitions(topic: string, partitions: number, accepted: number): TonearmError {
  return new TonearmError(
    'config-invalid',
    `The topic ${topic} of Kafka has ${partitions} partitions, and owners are shared over ${accepted} (docs/operations.md, "Another log")`,
  )
}

function invalid(topic: string, detail: string): TonearmError {
  return new TonearmError(
    'config-invalid',
    `The topic ${topic} of Kafka ${detail}; \`npm run kafka:topics\` puts it right`,
  )
}
