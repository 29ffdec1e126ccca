/**
 * Questions to the coordinator of a group, which is being chosen, or loads its groups, for seconds after a broker came back;
 * kafkajs passes on its "not yet" as an error.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import type { KafkaClient } from './kafka-client.ts'
import { kafkaErrorType } from './kafka-error.ts'

const PAUSE_MS = 200
const WAIT_MS_MAX = 10_000

const notYet: ReadonlySet<string> = new Set([
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
])

/** Asks until the coordinator answers, for ten seconds at most; passes on what `ask` answers or throws. */
async function askCoordinator<T>(client: KafkaClient, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const beganAtMs = performance.now()
  for (;;) {
    try {
      return await client.admin.run(ask)
    } catch (error) {
      if (!notYet.has(kafkaErrorType(error) ?? '') || performance.now() - beganAtMs > WAIT_MS_MAX) throw error
      await sleep(PAUSE_MS)
    }
  }
}

/** The positions of a group in a topic; a partition has none where the group has never had an event of it behind it. */
export async function committedOffsets(
  client: KafkaClient,
  topic: string,
  groupId: string,
): Promise<ReadonlyMap<number, number>> {
  const topics = await askCoordinator(client, (admin) => admin.fetchOffsets({ groupId, topics: [topic] }))
  const partitions = topics.flatMap((one) => one.partitions)
  return new Map(
    partitions.flatMap(({ partition, offset }) => (Number(offset) >= 0 ? [[partition, Number(offset)] as const] : [])),
  )
}

/** Whether a group has members, in whichever process. */
export async function hasMembers(client: KafkaClient, groupId: string): Promise<boolean> {
  const { groups } = await askCoordinator(client, (admin) => admin.describeGroups([groupId]))
  return groups.some(({ members }) => members.length > 0)
}
