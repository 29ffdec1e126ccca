/**
 * The event log in Kafka, by kafkajs: for services in several processes.
 *
 * Opening it connects nothing, so a service starts while the brokers are away; its first use checks the topics. What
 * kafkajs lacks is worked around in the files beside this one, and told in `docs/decisions/0016`.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import { createKafkaClient, type KafkaClientOptions } from '../kafka/kafka-client.ts'
import { committedOffsets, hasMembers } from '../kafka/kafka-coordinator.ts'
import { asUnavailable } from '../kafka/kafka-error.ts'
import { createKafkaProducer } from '../kafka/kafka-producer.ts'
import { createSendQueue } from '../kafka/kafka-send-queue.ts'
import { checkTopics, countPartitions, fewerPartitions, missingTopic } from '../kafka/kafka-topic-check.ts'
import { readTopicId } from '../kafka/kafka-topic-id.ts'
import { topicRanges } from '../kafka/kafka-topic-reader.ts'
import { createUnderWay } from '../scheduling/under-way.ts'
import { withinLimit } from '../scheduling/within-limit.ts'
import type { BatchLimits } from './cut-batches.ts'
import type { ConsumerGroup, EventLog, NewEvent, Position } from './event-log.ts'
import { consumeTopic } from './kafka-consumer.ts'
import { deadLetterMessage, deadLetterTombstones, readDeadLetters } from './kafka-dead-letters.ts'
import type { GroupTimes } from './kafka-member.ts'
import { longestStayMs, trimTopic } from './kafka-retention.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import { partitionOf } from './partition-of.ts'

const GROUP_BYTES_MAX = 8 * 1024 * 1024
const GROUP_MESSAGES_MAX = 5_000
const WAITING_BYTES_MAX = 128 * 1024 * 1024
const ANSWER_MS_MAX = 10_000
/** For a question; erasing and trimming have several. */
const ASK_MS_MAX = 60_000
/** The sessions of a request of 32 MiB, and what their events add. */
const MESSAGE_BYTES_MIN = 36 * 1024 * 1024

const times: GroupTimes = { sessionMs: 10_000, heartbeatMs: 2_000, rebalanceMs: 60_000 }

/** Nothing is trimmed that one of these has not behind it, also where it has never begun. The type keeps it complete. */
const groups = { ingest: true } as const satisfies Record<ConsumerGroup, true>
const groupNames = Object.keys(groups) as ConsumerGroup[] // as the type above has them

export interface KafkaEventLogOptions extends KafkaClientOptions {
  /** Unix milliseconds. */
  readonly clock: () => number
  /**
   * The number of partitions that owners are shared over: the one that was accepted, which a topic that got more does not
   * change. Asked once, at the first append, for a process that appends may be the one that accepts another log before
   * that; without it, that of the topic.
   */
  readonly partitions?: () => Promise<number | undefined>
  /** Names of the topics, and how a group is called at the brokers. */
  readonly topics?: { readonly events: string; readonly deadLetters: string }
  readonly groupId?: (group: ConsumerGroup) => string
  /** A batch holds no more than this, 4 MiB by default, but one event however large. */
  readonly batchBytesMax?: number
  /** A batch holds no more events than this, 1,000 by default. */
  readonly batchRecordsMax?: number
  /** An append is answered by then, 10 s by default. Milliseconds. */
  readonly answerMsMax?: number
  /** How soon a consumer is taken for dead. */
  readonly times?: Partial<GroupTimes>
}

/** Rejections of the log: `log-unavailable` while the brokers are away, `config-invalid` where a topic is not as it must be. */
export function openKafkaEventLog(options: KafkaEventLogOptions): EventLog {
  const { clock, answerMsMax = ANSWER_MS_MAX, groupId = (group) => `tonearm-${group}` } = options
  const topics = options.topics ?? { events: 'account-events', deadLetters: 'account-events.dead' }
  const limits: BatchLimits = {
    recordsMax: options.batchRecordsMax ?? 1_000,
    bytesMax: options.batchBytesMax ?? 4 * 1024 * 1024,
  }
  const client = createKafkaClient(options)
  const consumers = createOneAtATime()
  const underWay = createUnderWay()
  const closing = new AbortController()
  const producer = createKafkaProducer(client, 'log-unavailable')
  const queue = createSendQueue({
    producer,
    ready: async () => void (await opened()),
    code: 'log-unavailable',
    groupBytesMax: GROUP_BYTES_MAX,
    groupMessagesMax: GROUP_MESSAGES_MAX,
    waitingBytesMax: WAITING_BYTES_MAX,
    answerMsMax,
  })
  let isOpen = true
  /** Later than `isOpen`: a consumer in its last batch may still write dead letters and its position. */
  let hasEnded = false
  /** With the id of the topic. */
  let opening: Promise<string> | undefined
  let sharing: Promise<number> | undefined
  let closed: Promise<void> | undefined

  return {
    async append(newEvents) {
      refuseUnless(isOpen)
      if (newEvents.length === 0) return []
      return underWay.watch(append(newEvents))
    },

    async consume(group, handle, signal, consumeOptions = {}) {
      refuseUnless(isOpen)
      const ending = AbortSignal.any([signal, closing.signal])
      return consumers.run(group, ending, () =>
        consumeTopic(
          {
            ...consumeOptions,
            client,
            topic: topics.events,
            groupId: groupId(group),
            limits,
            times: { ...times, ...options.times },
            ready: refuseOtherLog,
            handle,
          },
          ending,
        ),
      )
    },

    async deadLetter(record, reason, detail) {
      refuseUnless(!hasEnded)
      await queue.send([deadLetterMessage(topics.deadLetters, record, reason, detail)])
    },

    async deadLetters(limit, before) {
      refuseUnless(!hasEnded)
      return ask('The dead letters could not be read', () => readDeadLetters(client, topics.deadLetters, limit, before))
    },

    async trim(beforeMs) {
      refuseUnless(isOpen)
      return ask('The log could not be trimmed', async () => {
        const positions = await Promise.all(
          groupNames.map((group) => committedOffsets(client, topics.events, groupId(group))),
        )
        const behindAll = (partition: number) => Math.min(...positions.map((one) => one.get(partition) ?? 0))
        await trimTopic(client, topics.deadLetters, { beforeMs, untilOffset: () => Number.POSITIVE_INFINITY })
        return trimTopic(client, topics.events, { beforeMs, untilOffset: behindAll })
      })
    },

    async erase(erasures) {
      refuseUnless(isOpen)
      return ask('The dead letters could not be erased', async () => {
        const tombstones = await deadLetterTombstones(client, topics.deadLetters, erasures)
        for (let from = 0; from < tombstones.length; from += GROUP_MESSAGES_MAX) {
          await queue.send(tombstones.slice(from, from + GROUP_MESSAGES_MAX))
        }
        // Events cannot be taken out of the middle of a topic: they go with their segment.
        return clock() + (await longestStayMs(client, [topics.events, topics.deadLetters]))
      })
    },

    async lag(group) {
      refuseUnless(!hasEnded)
      return ask('The positions could not be read', async () => {
        const [ranges, committed] = await Promise.all([
          topicRanges(client, topics.events),
          committedOffsets(client, topics.events, groupId(group)),
        ])
        // Exact, for no offset is left out in a topic that is neither compacted nor written in transactions.
        return ranges.reduce((sum, { partition, low, high }) => {
          return sum + Math.max(0, high - Math.max(committed.get(partition) ?? 0, low))
        }, 0)
      })
    },

    async hasConsumers(group) {
      refuseUnless(!hasEnded)
      return ask('The group could not be described', () => hasMembers(client, groupId(group)))
    },

    async identity() {
      refuseUnless(!hasEnded)
      return ask('The log could not be identified', async () => {
        await opened()
        return { id: await topicId(), endOffsets: (await topicRanges(client, topics.events)).map(({ high }) => high) }
      })
    },

    close() {
      closed ??= close()
      return closed
    },
  }

  async function append(newEvents: readonly NewEvent[]): Promise<readonly Position[]> {
    const partitions = await ask('The topics could not be checked', sharedOver, answerMsMax / 2)
    const messages = newEvents.map(({ owner, payload }) => ({
      topic: topics.events,
      partition: partitionOf(owner, partitions),
      key: owner,
      value: payload,
    }))
    const offsets = await queue.send(messages)
    return messages.map(({ partition }, index) => ({ partition, offset: offsets[index] ?? -1 }))
  }

  async function close(): Promise<void> {
    isOpen = false
    closing.abort()
    await Promise.all([consumers.ended(), underWay.ended()])
    hasEnded = true
    await queue.end()
    await producer.close()
    await client.close()
  }

  /** Checks the topics, once; after a failure, at the next use. */
  function opened(): Promise<string> {
    opening ??= open().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  async function open(): Promise<string> {
    await checkTopics(client, [
      { topic: topics.events, messageBytesMin: MESSAGE_BYTES_MIN, cleanup: 'delete' },
      { topic: topics.deadLetters, messageBytesMin: MESSAGE_BYTES_MIN, cleanup: 'compact,delete' },
    ])
    return await topicId()
  }

  /** The number of partitions that owners are shared over; once it is known, it stays. */
  function sharedOver(): Promise<number> {
    sharing ??= readShared().catch((error: unknown) => {
      sharing = undefined
      throw error
    })
    return sharing
  }

  async function readShared(): Promise<number> {
    await opened()
    const accepted = await options.partitions?.()
    const partitions = await countPartitions(client, topics.events)
    if (partitions === undefined) throw missingTopic(topics.events)
    if (accepted !== undefined && accepted > partitions) throw fewerPartitions(topics.events, partitions, accepted)
    return accepted ?? partitions
  }

  async function topicId(): Promise<string> {
    const id = await client.cluster.run((cluster) => readTopicId(cluster, topics.events))
    if (id === undefined) throw missingTopic(topics.events)
    return id
  }

  /** Positions of a topic that was made anew mean other events: nothing may be consumed under what is known of the old one. */
  async function refuseOtherLog(): Promise<void> {
    if ((await topicId()) === (await opened())) return
    throw new TonearmError(
      'other-log',
      `the topic ${topics.events} was made anew while this process was using it; start again`,
    )
  }

  function refuseUnless(condition: boolean): void {
    if (!condition) throw new TonearmError('log-unavailable', 'The event log is closed')
  }
}

async function ask<T>(failure: string, work: () => Promise<T>, limitMs = ASK_MS_MAX): Promise<T> {
  try {
    return await withinLimit(work(), limitMs)
  } catch (error) {
    throw asUnavailable('log-unavailable', failure, error)
  }
}
