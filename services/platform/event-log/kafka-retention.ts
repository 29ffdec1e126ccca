/**
 * What leaves Kafka's disk, and when.
 * @module
 */
import type { KafkaClient } from '../kafka/kafka-client.ts'
import { readTopicSettings, type TopicSettings } from '../kafka/kafka-topic-check.ts'
import { topicRanges } from '../kafka/kafka-topic-reader.ts'

/** How long brokers go between two looks for what has reached its retention; five minutes by default, doubled here. */
const CHECK_MS = 10 * 60_000

/**
 * Deletes messages that are older than a time and lie before an offset of their partition; resolves with their number.
 * Brokers delete what lies before an offset: a message whose time is earlier than that of one before it stays with that one.
 */
export async function trimTopic(
  client: KafkaClient,
  topic: string,
  options: { readonly beforeMs: number; readonly untilOffset: (partition: number) => number },
): Promise<number> {
  const ranges = await topicRanges(client, topic)
  const offsets = await client.admin.run((admin) => admin.fetchTopicOffsetsByTimestamp(topic, options.beforeMs))
  const young = new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]))
  let removed = 0
  const partitions: { partition: number; offset: string }[] = []
  for (const { partition, low } of ranges) {
    const until = Math.min(young.get(partition) ?? low, options.untilOffset(partition))
    if (until <= low) continue
    partitions.push({ partition, offset: `${until}` })
    removed += until - low
  }
  if (partitions.length === 0) return 0
  await client.admin.run(async (admin) => {
    // kafkajs knows the leaders of a topic only once the same connection has asked about it.
    await admin.fetchTopicOffsets(topic)
    await admin.deleteTopicRecords({ topic, partitions })
  })
  return removed
}

/**
 * Until when something that is in a topic now can be there at most, in milliseconds from now.
 *
 * Brokers delete a segment when its newest message has reached the retention, and a segment is closed `segment.ms` after
 * its first one. Then its files wait for `file.delete.delay.ms`. Compaction may be faster, but nothing makes it be.
 */
export async function longestStayMs(client: KafkaClient, topics: readonly string[]): Promise<number> {
  const settings = await readTopicSettings(client, topics)
  return Math.max(...topics.map((topic) => stayMs(settings.get(topic) ?? new Map()))) + CHECK_MS
}

function stayMs(settings: TopicSettings): number {
  const values = ['retention.ms', 'segment.ms', 'file.delete.delay.ms'].map((name) => Number(settings.get(name)))
  return values.reduce((sum, value) => sum + value, 0)
}
