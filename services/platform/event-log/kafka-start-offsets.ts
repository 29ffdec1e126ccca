/**
 * Where a consumer begins with the partitions that it was given: where the group has come to, or further back where the
 * consumer's own records end earlier.
 * @module
 */
import type { KafkaClient } from '../kafka/kafka-client.ts'
import { committedOffsets } from '../kafka/kafka-coordinator.ts'
import { topicRanges } from '../kafka/kafka-topic-reader.ts'
import type { ConsumeOptions } from './event-log.ts'

export interface StartOffset {
  readonly offset: number
  /** Where it would have begun, but for what the log has deleted from there up to `offset`. */
  readonly missingFrom?: number
}

export async function findStartOffsets(options: {
  readonly client: KafkaClient
  readonly topic: string
  readonly groupId: string
  readonly partitions: readonly number[]
  readonly resumeFrom?: ConsumeOptions['resumeFrom']
}): Promise<ReadonlyMap<number, StartOffset>> {
  const { client, topic, groupId, partitions, resumeFrom } = options
  const committed = await committedOffsets(client, topic, groupId)
  const ranges = new Map((await topicRanges(client, topic)).map((range) => [range.partition, range]))
  const starts = new Map<number, StartOffset>()
  for (const partition of partitions) {
    const { low, high } = ranges.get(partition) ?? { low: 0, high: 0 }
    const own = resumeFrom === undefined ? Number.POSITIVE_INFINITY : await resumeFrom(partition)
    starts.set(partition, startOf({ low, high, committed: committed.get(partition), own }))
  }
  return starts
}

function startOf(given: {
  readonly low: number
  readonly high: number
  readonly committed: number | undefined
  /** Infinity where the consumer keeps no records. */
  readonly own: number | undefined
}): StartOffset {
  const { low, high, committed, own } = given
  // One that knows of nothing begins with the oldest event there is, and cannot say that it misses one before.
  if (own === undefined) return { offset: low }
  // Without a position of the group its records still say what must have been there.
  const known = Math.min(committed ?? low, own)
  const missingFrom = Math.min(committed ?? own, own)
  const offset = Math.min(Math.max(known, low), high)
  return missingFrom < low ? { offset, missingFrom } : { offset }
}
