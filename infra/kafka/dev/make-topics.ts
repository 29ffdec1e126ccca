import { Kafka, logLevel } from 'kafkajs'
import { ensureTopics, knownTopics } from '../ensure-topics.ts'
import { EVENT_PARTITIONS_DEFAULT, topics } from '../topics.ts'

/** The topics on a broker of one machine: one copy. Without a number of partitions, those that are there keep theirs. */
export async function makeTopics(
  address: string,
  options: { readonly retentionHours: number; readonly partitions?: number | undefined },
): Promise<void> {
  const admin = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const known = await knownTopics(admin, [{ name: 'account-events' }])
    const partitions = options.partitions ?? known.get('account-events')?.partitions ?? EVENT_PARTITIONS_DEFAULT
    await ensureTopics(admin, topics({ partitions, replication: 1, retentionHours: options.retentionHours }))
  } finally {
    await admin.disconnect()
  }
}
