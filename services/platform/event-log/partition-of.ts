import { Partitioners, type PartitionMetadata } from 'kafkajs'

const partition = Partitioners.DefaultPartitioner()

/**
 * The partition of an owner: murmur2 of the key, positive, modulo their number, as every client of Kafka has it by default.
 *
 * The number is the one that was accepted, not that of the topic at the moment: a topic that got more partitions would
 * move owners, and with them half of their events to another order, while older ones wait elsewhere.
 */
export function partitionOf(owner: string, partitions: number): number {
  return partition({ topic: '', partitionMetadata: metadataOf(partitions), message: { key: owner, value: null } })
}

const known = new Map<number, PartitionMetadata[]>()

/** kafkajs only counts them. */
function metadataOf(partitions: number): PartitionMetadata[] {
  const made =
    known.get(partitions) ??
    Array.from({ length: partitions }, (_, partitionId) => ({
      partitionId,
      partitionErrorCode: 0,
      leader: 0,
      replicas: [],
      isr: [],
    }))
  known.set(partitions, made)
  return made
}
