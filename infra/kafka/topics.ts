/**
 * The topics, as data: what each is for, and why it is set so.
 *
 * They are made by `npm run kafka:topics`, never by a producer's slip of the pen: brokers run with
 * `auto.create.topics.enable=false`.
 * @module
 */
import { BACKUP_RETENTION_DAYS_MAX } from '#platform/config/settings.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const MIB = 1024 * 1024

/**
 * Largest batch of records, as it was compressed. The sessions of one request go as one batch, so that all or none are
 * written, and a request has 32 MiB at most; texts that do not compress stay about that long. The rest is for what an
 * event adds: owner and session key, and the frames of an ID3 block spelled out as JSON.
 */
export const BATCH_BYTES_MAX = 40 * MIB

export const EVENTS_TOPIC = 'account-events'

/** A partition has one ingest process at most; twelve divide evenly among two, three, four and six of them. */
export const EVENT_PARTITIONS_DEFAULT = 12
export const PARTITIONS_MAX = 1_000

/** Copies, where there are that many brokers: one may be away, and a second one fail, with nothing lost. */
export const REPLICATION_DEFAULT = 3
export const REPLICATION_MAX = 9

export interface Topic {
  readonly name: string
  readonly partitions: number
  readonly replication: number
  readonly settings: Readonly<Record<string, string>>
}

export interface TopicsOptions {
  /** Partitions of `account-events`; the other topics have one. */
  readonly partitions: number
  /** Copies of each partition, on a broker each. */
  readonly replication: number
  /** How long the log keeps an event (`LOG_RETENTION_HOURS`). */
  readonly retentionHours: number
}

/** All topics. Sources of the settings' meanings: "Topic Configs" in the documentation of Apache Kafka 4. */
export function topics({ partitions, replication, retentionHours }: TopicsOptions): readonly Topic[] {
  const shared = {
    // Ages are counted by the broker's clock: a client's clock that is off must not keep or drop an event.
    'message.timestamp.type': 'LogAppendTime',
    // As the producer compressed it, so that the broker does not do it once more.
    'compression.type': 'producer',
    // A copy that lacks confirmed events must not become the one that counts; rather is the partition away for a while.
    'unclean.leader.election.enable': 'false',
    // Confirmed is what two of three copies have. With fewer copies, one broker that is away would stop every upload.
    'min.insync.replicas': replication >= 3 ? '2' : '1',
  }
  const retention = { 'retention.ms': String(retentionHours * HOUR_MS), 'max.message.bytes': String(BATCH_BYTES_MAX) }
  // Kafka deletes whole closed segments only. With its default, a week, an event could stay for its retention and a week.
  const segment = { 'segment.ms': String(Math.min(HOUR_MS, retentionHours * HOUR_MS)) }
  return [
    {
      // All that changes what is kept of an account, keyed by owner.
      name: EVENTS_TOPIC,
      partitions,
      replication,
      settings: { ...shared, ...retention, ...segment, 'cleanup.policy': 'delete' },
    },
    {
      // Events that could not be used. An erased account's are overwritten with tombstones, which compaction has to reach
      // soon: small segments, cleaned as soon as one in a hundred bytes is overwritten, tombstones gone ten minutes later.
      name: `${EVENTS_TOPIC}.dead`,
      partitions: 1,
      replication,
      settings: {
        ...shared,
        ...retention,
        'cleanup.policy': 'compact,delete',
        'segment.ms': String(10 * MINUTE_MS),
        'min.cleanable.dirty.ratio': '0.01',
        'max.compaction.lag.ms': String(10 * MINUTE_MS),
        'delete.retention.ms': String(10 * MINUTE_MS),
      },
    },
    {
      // Which accounts were erased. It outlives every backup, so that restoring one erases them again. One partition: the
      // order counts. Its records are small, so the broker's limits hold.
      name: 'erasure-ledger',
      partitions: 1,
      replication,
      settings: {
        ...shared,
        'cleanup.policy': 'delete',
        'retention.ms': String((BACKUP_RETENTION_DAYS_MAX + 1) * DAY_MS),
      },
    },
  ]
}
