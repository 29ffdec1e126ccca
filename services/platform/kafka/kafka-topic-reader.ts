/**
 * Reads a topic, or a part of it, from one offset to another, without a group and without an end that moves away.
 * @module
 */
import type { Cluster, KafkaMessage } from 'kafkajs'
import type { KafkaClient } from './kafka-client.ts'

const FETCH_BYTES_MAX = 2 * 1024 * 1024
const FETCH_WAIT_MS_MAX = 500
/** Answers without a message, in a row, until nothing is expected to come any more. */
const EMPTY_ANSWERS_MAX = 4

export interface PartitionRange {
  readonly partition: number
  /** The first offset that is still there. */
  readonly low: number
  /** The offset that the next message gets. */
  readonly high: number
}

/** Where each partition of a topic begins and ends now, in order; none where there is no such topic. */
export function topicRanges(client: KafkaClient, topic: string): Promise<readonly PartitionRange[]> {
  return client.cluster.run(async (cluster) => {
    await cluster.addTargetTopic(topic)
    await cluster.refreshMetadata()
    const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }))
    const [lows] = await cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning: true }])
    const [highs] = await cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning: false }])
    const high = new Map(highs?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
    return (lows?.partitions ?? [])
      .map(({ partition, offset }) => ({ partition, low: Number(offset), high: high.get(partition) ?? Number(offset) }))
      .sort((one, other) => one.partition - other.partition)
  })
}

export interface PartRange {
  readonly topic: string
  readonly partition: number
  readonly from: number
  readonly until: number
  /** Whether messages may be missing, also the last ones. Where they may not, an end that is not reached is an error. */
  readonly isCompacted: boolean
}

/**
 * Hands over the messages of a partition from an offset on, before another one, in order. `onMessage` must not keep more
 * of them than it needs: what a topic holds has no limit here.
 */
export function readPartition(
  client: KafkaClient,
  range: PartRange,
  onMessage: (message: KafkaMessage) => void,
): Promise<void> {
  let next = range.from
  // A second round by a new connection goes on where the first one broke off.
  return client.cluster.run(async (cluster) => {
    for (let empty = 0; next < range.until && empty < EMPTY_ANSWERS_MAX; ) {
      const messages = await fetchFrom(cluster, { ...range, from: next })
      empty = messages.length === 0 ? empty + 1 : 0
      for (const message of messages) {
        const offset = Number(message.offset)
        // A record batch comes whole, and may have begun earlier.
        if (offset < next) continue
        next = offset + 1
        if (offset < range.until) onMessage(message)
      }
    }
    if (next < range.until && !range.isCompacted) throw new Error('the brokers do not hand over the end of a topic')
  })
}

async function fetchFrom(
  cluster: Cluster,
  { topic, partition, from }: { readonly topic: string; readonly partition: number; readonly from: number },
): Promise<readonly KafkaMessage[]> {
  await cluster.refreshMetadataIfNecessary()
  const [leader] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]))
  if (leader === undefined) throw new Error('a partition has no leader')
  const broker = await cluster.findBroker({ nodeId: leader })
  const answer: FetchAnswer = await broker.fetch({
    maxWaitTime: FETCH_WAIT_MS_MAX,
    minBytes: 1,
    maxBytes: FETCH_BYTES_MAX,
    topics: [{ topic, partitions: [{ partition, fetchOffset: `${from}`, maxBytes: FETCH_BYTES_MAX }] }],
  })
  return answer.responses[0]?.partitions[0]?.messages ?? []
}

/** What kafkajs makes of it, which its types leave open. */
interface FetchAnswer {
  readonly responses: readonly {
    readonly partitions: readonly { readonly messages: readonly KafkaMessage[] }[]
  }[]
}
