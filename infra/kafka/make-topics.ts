/**
 * The topics on brokers, by what is asked for and what is there.
 * @module
 */
import type { Kafka } from 'kafkajs'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { ensureTopics, knownTopics, type TopicChange } from './ensure-topics.ts'
import { EVENT_PARTITIONS_DEFAULT, EVENTS_TOPIC, REPLICATION_DEFAULT, topics } from './topics.ts'

export interface MakeTopicsOptions {
  /** Partitions of `account-events`; where not given, as it has, or 12. */
  readonly partitions?: number | undefined
  /** Copies of each partition; where not given, as `account-events` has, or 3, or as many as there are brokers. */
  readonly replication?: number | undefined
  readonly retentionHours: number
}

/** Rejects with `config-invalid` as `ensureTopics` does, and with `log-unavailable` where the brokers do not do it. */
export async function makeTopics(kafka: Kafka, options: MakeTopicsOptions): Promise<ReadonlyMap<string, TopicChange>> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    const known = (await knownTopics(admin, [EVENTS_TOPIC])).get(EVENTS_TOPIC)
    const { brokers } = await admin.describeCluster()
    const partitions = options.partitions ?? known?.partitions ?? EVENT_PARTITIONS_DEFAULT
    const replication = options.replication ?? known?.replication ?? Math.min(REPLICATION_DEFAULT, brokers.length)
    return await ensureTopics(admin, topics({ partitions, replication, retentionHours: options.retentionHours }))
  } catch (cause) {
    if (cause instanceof TonearmError) throw cause
    throw new TonearmError('log-unavailable', `the brokers did not make the topics: ${reasonOf(cause)}`, cause)
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

/** What kafkajs says of several topics at once is only that one went wrong; the reason is in the errors within. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const within = 'errors' in cause && Array.isArray(cause.errors) ? cause.errors : []
  return within.length > 0 ? within.map(reasonOf).join(', ') : cause.message
}
