/**
 * Makes the topics that are missing, and sets those that are there to what the definition says.
 * @module
 */
import kafkajs, { type Admin } from 'kafkajs'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { Topic } from './topics.ts'

/** Of kafkajs, a CommonJS module, Node.js finds only some of the names; this one is not among them. */
const { ConfigResourceTypes } = kafkajs

/** In the answer to DescribeConfigs: a setting of the topic itself, neither the broker's nor Kafka's default. */
const SET_ON_THE_TOPIC = 1

export type TopicChange = 'made' | 'set' | 'unchanged'

/**
 * Resolves with what became of each topic. Rejects with `config-invalid` before anything is changed where a topic has
 * another number of partitions or copies: neither may change silently.
 */
export async function ensureTopics(admin: Admin, topics: readonly Topic[]): Promise<ReadonlyMap<string, TopicChange>> {
  const known = await knownTopics(
    admin,
    topics.map(({ name }) => name),
  )
  for (const topic of topics) refuseOtherLayout(topic, known.get(topic.name))

  const missing = topics.filter(({ name }) => !known.has(name))
  if (missing.length > 0) {
    await admin.createTopics({
      // Resolves only once every partition has a leader.
      waitForLeaders: true,
      topics: missing.map(({ name, partitions, replication, settings }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries: entriesOf(settings),
      })),
    })
  }
  const changes = new Map<string, TopicChange>(missing.map(({ name }) => [name, 'made']))
  for (const topic of topics.filter(({ name }) => known.has(name))) {
    changes.set(topic.name, (await alterSettings(admin, topic)) ? 'set' : 'unchanged')
  }
  return changes
}

interface Layout {
  readonly partitions: number
  readonly replication: number
}

/** How the topics that are there are laid out, by name. */
export async function knownTopics(admin: Admin, names: readonly string[]): Promise<ReadonlyMap<string, Layout>> {
  const all = new Set(await admin.listTopics())
  const known = names.filter((name) => all.has(name))
  if (known.length === 0) return new Map()
  const { topics: found } = await admin.fetchTopicMetadata({ topics: known })
  return new Map(
    found.map(({ name, partitions }) => [
      name,
      { partitions: partitions.length, replication: partitions[0]?.replicas.length ?? 0 },
    ]),
  )
}

function refuseOtherLayout({ name, partitions, replication }: Topic, known: Layout | undefined): void {
  if (known === undefined) return
  if (known.partitions !== partitions) {
    // An owner's events would go to another partition, and the positions that order them with it.
    throw new TonearmError(
      'config-invalid',
      `${name} has ${known.partitions} partitions and not ${partitions}: see docs/operations.md, "Repartitioning"`,
    )
  }
  if (known.replication !== replication) {
    throw new TonearmError(
      'config-invalid',
      `${name} has replication factor ${known.replication} and not ${replication}: Kafka's kafka-reassign-partitions changes it`,
    )
  }
}

/** Whether anything had to be set. Kafka replaces all settings of a topic at once, so others' are handed back to it. */
async function alterSettings(admin: Admin, { name, settings }: Topic): Promise<boolean> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name }],
  })
  const entries = resources[0]?.configEntries ?? []
  const own = Object.fromEntries(
    entries
      .filter(({ configSource }) => configSource === SET_ON_THE_TOPIC)
      .map(({ configName, configValue }) => [configName, configValue]),
  )
  if (Object.entries(settings).every(([setting, value]) => own[setting] === value)) return false
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name, configEntries: entriesOf({ ...own, ...settings }) }],
  })
  return true
}

function entriesOf(settings: Readonly<Record<string, string>>) {
  return Object.entries(settings).map(([name, value]) => ({ name, value }))
}
