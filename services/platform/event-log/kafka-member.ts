/**
 * A member of a group of consumers, from joining to leaving: one consumer of kafkajs.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { EachBatchPayload } from 'kafkajs'
import { type KafkaClient, kafkaRetry } from '../kafka/kafka-client.ts'
import { withinLimit } from '../scheduling/within-limit.ts'
import { type BatchLimits, cutBatches } from './cut-batches.ts'
import type { Batch, ConsumeOptions } from './event-log.ts'
import { type Assignment, createAssignment } from './kafka-assignment.ts'
import { createMembership } from './kafka-membership.ts'
import { toLogRecord } from './kafka-records.ts'
import { findStartOffsets } from './kafka-start-offsets.ts'

export interface GroupTimes {
  /** A member of which nothing is heard for this long is taken for dead. */
  readonly sessionMs: number
  readonly heartbeatMs: number
  /** A member may finish for this long what it has in hand when the partitions are shared anew. */
  readonly rebalanceMs: number
}

export interface MemberOptions extends ConsumeOptions {
  readonly client: KafkaClient
  readonly topic: string
  readonly groupId: string
  readonly limits: BatchLimits
  readonly times: GroupTimes
  readonly handle: (batch: Batch) => Promise<void>
}

/** How a member ended: told to, by an error that its caller is to have, or by one of the brokers or of kafkajs. */
export type MemberEnd =
  | { readonly kind: 'told' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'crashed'; readonly error: unknown }

/** A compressed answer of at most this much is asked of each broker, one at a time: what it may become, see `kafka-gzip.ts`. */
const FETCH_BYTES_MAX = 2 * 1024 * 1024
const PARTITION_BYTES_MAX = 1024 * 1024
/** How long a broker keeps a question open for an event to come; the end of a consumer waits for it. */
const FETCH_WAIT_MS_MAX = 250
const COMMIT_PAUSE_MS = 200
/** Once it is told to end, a member tries for this long to keep the position of its last batch. */
const LAST_COMMIT_MS_MAX = 5_000
/** For joining to come to its end, and for leaving, each: a service has ten seconds to end. */
const LEAVE_MS_MAX = 3_000

/** Consumes until `signal` aborts, or something breaks; resolves when the batch in hand is done and the group left. */
export async function runMember(options: MemberOptions, signal: AbortSignal): Promise<MemberEnd> {
  const { client, topic, groupId, limits, times, handle } = options
  const { kafka, cut } = client.open()
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: times.sessionMs,
    heartbeatInterval: times.heartbeatMs,
    rebalanceTimeout: times.rebalanceMs,
    maxBytes: FETCH_BYTES_MAX,
    maxBytesPerPartition: PARTITION_BYTES_MAX,
    maxWaitTimeInMs: FETCH_WAIT_MS_MAX,
    allowAutoTopicCreation: false,
    // Whoever runs the member begins it again, also after what kafkajs would not restart from.
    retry: { ...kafkaRetry, restartOnFailure: async () => false },
  })
  const ending = createEnding()
  let assignment: Assignment | undefined
  let inHand: Promise<void> = Promise.resolve()

  consumer.on(consumer.events.CRASH, ({ payload: { error } }) => ending.end({ kind: 'crashed', error }))
  consumer.on(consumer.events.HEARTBEAT, () => assignment?.membership.confirm())
  consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
    assignment?.membership.end()
    // It came to join after all, and is about to be cut off.
    if (ending.hasEnded()) return
    assignment = assign(memberAssignment[topic] ?? [])
  })
  const onAbort = () => ending.end({ kind: 'told' })
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()

  const starting = start().catch((error: unknown) => ending.end({ kind: 'crashed', error }))
  const end = await ending.ended
  signal.removeEventListener('abort', onAbort)
  // kafkajs cannot be stopped while it joins: it would begin to consume afterwards.
  await withinLimit(starting, LEAVE_MS_MAX).catch(() => undefined)
  const leaving = consumer.disconnect()
  await inHand
  await withinLimit(leaving, LEAVE_MS_MAX).catch(() => undefined)
  assignment?.membership.end()
  cut()
  return end

  async function start(): Promise<void> {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    if (ending.hasEnded()) return
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // One batch at a time in this process, of whichever partition.
      partitionsConsumedConcurrently: 1,
      eachBatch(payload) {
        const taking = takeBatch(payload)
        inHand = taking.catch(() => undefined)
        return taking
      },
    })
  }

  function assign(partitions: readonly number[]): Assignment {
    const { resumeFrom, onMissing } = options
    return createAssignment({
      consumer,
      topic,
      membership: createMembership({ ...times, now: () => performance.now() }),
      starts: findStartOffsets({
        client,
        topic,
        groupId,
        partitions,
        ...(resumeFrom === undefined ? {} : { resumeFrom: (partition) => passedOn(() => resumeFrom(partition)) }),
      }),
      onMissing,
      onFailure: (error) => ending.end({ kind: 'crashed', error }),
    })
  }

  async function takeBatch(payload: EachBatchPayload): Promise<void> {
    const own = assignment
    if (own === undefined || ending.hasEnded()) return
    const beats = { heartbeat: () => payload.heartbeat(), reconnect: () => consumer.describeGroup() }
    await own.membership.during(beats, () => handOver(own, payload))
    // In these words kafkajs joins again, at once and not at its next heartbeat.
    if (own.membership.mustRejoin() && own === assignment && !ending.hasEnded()) throw new RejoinError()
  }

  /** In pieces: what the brokers answer with may be more than a batch of ours. */
  async function handOver(own: Assignment, payload: EachBatchPayload): Promise<void> {
    const { partition, messages } = payload.batch
    if (!(await own.isReady) || payload.isStale()) return
    const records = own.next(
      partition,
      messages.map((message) => toLogRecord(partition, message)),
    )
    for (const piece of cutBatches(records, limits)) {
      if (ending.hasEnded() || own.membership.mustRejoin()) return
      const { lost } = own.membership
      try {
        await handle({ partition, records: piece, lost })
      } catch (error) {
        if (!lost.aborted) ending.end({ kind: 'failed', error })
        return
      }
      const offset = (piece.at(-1)?.offset ?? -1) + 1
      if (!(await commit(own, payload, offset))) return
      own.advance(partition, offset)
      payload.resolveOffset(`${offset - 1}`)
    }
  }

  /** Whether the position was kept. Where it was not, what was handled is handed over again. */
  async function commit(own: Assignment, payload: EachBatchPayload, offset: number): Promise<boolean> {
    const { partition } = payload.batch
    const position = { topics: [{ topic, partitions: [{ partition, offset: `${offset}` }] }] }
    const beganAtMs = performance.now()
    while (own === assignment) {
      try {
        await payload.commitOffsetsIfNecessary(position)
        return true
      } catch (error) {
        own.membership.learnFrom(error)
        if (own.membership.mustRejoin()) return false
        if (performance.now() - beganAtMs > (ending.hasEnded() ? LAST_COMMIT_MS_MAX : times.sessionMs)) {
          ending.end({ kind: 'crashed', error })
          return false
        }
        await sleep(COMMIT_PAUSE_MS)
      }
    }
    return false
  }

  /** What the caller's own function throws is for the caller. */
  async function passedOn<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      ending.end({ kind: 'failed', error })
      throw error
    }
  }
}

/** kafkajs looks at the type of an error to tell what it has to do about it. */
class RejoinError extends Error {
  readonly type = 'REBALANCE_IN_PROGRESS'
}

/** The first cause holds. */
function createEnding() {
  let end: MemberEnd | undefined
  let tell: (end: MemberEnd) => void = () => undefined
  const ended = new Promise<MemberEnd>((resolve) => {
    tell = resolve
  })
  return {
    ended,
    hasEnded: () => end !== undefined,
    end(cause: MemberEnd) {
      end ??= cause
      tell(end)
    },
  }
}
