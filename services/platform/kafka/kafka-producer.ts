/**
 * A producer that never gives a message up by itself, and never sends one behind another that came later.
 *
 * Messages are confirmed by all replicas in sync, and numbered by an idempotent producer, so a repetition is none for the
 * brokers. One call at a time: kafkajs gives the same numbers again to what is sent next after a failure, which the brokers
 * would then take for a repetition, and confirm, and drop. So what failed is sent again, the same, until it is confirmed or
 * refused; and where that is not certain to help, by a new producer, after the old one was cut off.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs, { type Message, type Producer, type RecordMetadata, type TopicMessages } from 'kafkajs'
import { TonearmError } from '../errors/tonearm-error.ts'
import { withinLimit } from '../scheduling/within-limit.ts'
import { type KafkaClient, kafkaRetry } from './kafka-client.ts'
import { asUnavailable, isPassing, kafkaErrorType } from './kafka-error.ts'

/** The brokers' own limit for a confirmation by all replicas. */
const CONFIRM_MS_MAX = 6_000
/** kafkajs has bounded retries inside; one that takes this long hangs. */
const ATTEMPT_MS_MAX = 60_000
/** A producer that has failed for so long is given up, whatever its errors say. */
const FAILING_MS_MAX = 60_000
const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 1_000

/** What the brokers will say again, however often they are asked. */
const refusals: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'POLICY_VIOLATION',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
])

export interface OutgoingMessage {
  readonly topic: string
  readonly partition: number
  readonly key: string
  /** `null` is a tombstone: takes what has the same key off a compacted topic. */
  readonly value: Uint8Array | null
  readonly headers?: Readonly<Record<string, string>>
}

export interface KafkaProducer {
  /**
   * Sends messages, those of one partition in one record batch; resolves with their offsets in the same order. One call at
   * a time. Rejects with a TonearmError of the given code where the brokers refuse them, or `close` came first.
   */
  send(messages: readonly OutgoingMessage[]): Promise<readonly number[]>
  /** Gives up what is under way. */
  close(): Promise<void>
}

export function createKafkaProducer(
  client: KafkaClient,
  code: 'log-unavailable' | 'ledger-unavailable',
): KafkaProducer {
  const closing = new AbortController()
  let current: { readonly connecting: Promise<Producer>; readonly cut: () => void } | undefined

  return {
    async send(messages) {
      let failingSinceMs = performance.now()
      for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
        try {
          return await withinLimit(attempt(messages), ATTEMPT_MS_MAX)
        } catch (error) {
          const isRefused = refusals.has(kafkaErrorType(error) ?? '')
          // A producer that is out of step stays so; what passes comes back with the numbers as they are.
          const isStuck = performance.now() - failingSinceMs > FAILING_MS_MAX
          if (isStuck || !isPassing(error)) {
            replace()
            failingSinceMs = performance.now()
          }
          if (isRefused) throw asUnavailable(code, 'The brokers refuse what is sent to them', error)
          if (closing.signal.aborted) throw asUnavailable(code, 'Closed before the brokers confirmed', error)
          // Once for an outage: it may last for hours, with a try each second.
          const level = pauseMs === PAUSE_MS_MIN ? 'warn' : 'debug'
          const described = asUnavailable(code, 'Sent again after a pause', error)
          client.logger[level]({ error: described, pauseMs }, 'the brokers did not confirm')
          await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined)
        }
      }
    },

    async close() {
      closing.abort()
      const last = current
      current = undefined
      // The end of a connection that is idle is orderly; another one is cut.
      await last?.connecting
        .then((producer) => withinLimit(producer.disconnect(), CONFIRM_MS_MAX))
        .catch(() => undefined)
      last?.cut()
    },
  }

  async function attempt(messages: readonly OutgoingMessage[]): Promise<number[]> {
    if (closing.signal.aborted) throw new TonearmError(code, 'The producer is closed')
    current ??= connect()
    const producer = await current.connecting
    const confirmed = await producer.sendBatch({
      acks: -1,
      timeout: CONFIRM_MS_MAX,
      compression: kafkajs.CompressionTypes.GZIP,
      topicMessages: byTopic(messages),
    })
    return offsetsOf(messages, confirmed)
  }

  function connect(): { connecting: Promise<Producer>; cut: () => void } {
    const { kafka, cut } = client.open()
    const producer = kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      retry: kafkaRetry,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    })
    return { connecting: producer.connect().then(() => producer), cut }
  }

  function replace(): void {
    current?.cut()
    current?.connecting.then((producer) => producer.disconnect()).catch(() => undefined)
    current = undefined
  }
}

function byTopic(messages: readonly OutgoingMessage[]): TopicMessages[] {
  const topics = new Map<string, Message[]>()
  for (const { topic, partition, key, value, headers = {} } of messages) {
    const bytes = value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    const message = { partition, key, value: bytes, headers: { ...headers } }
    const own = topics.get(topic)
    if (own === undefined) topics.set(topic, [message])
    else own.push(message)
  }
  return [...topics].map(([topic, own]) => ({ topic, messages: own }))
}

/** A record batch has offsets one after the other. */
function offsetsOf(messages: readonly OutgoingMessage[], confirmed: readonly RecordMetadata[]): number[] {
  const next = new Map(
    confirmed.map(({ topicName, partition, baseOffset }) => [`${topicName}/${partition}`, Number(baseOffset)]),
  )
  return messages.map(({ topic, partition }) => {
    const offset = next.get(`${topic}/${partition}`)
    // kafkajs leaves out, without a word, what is for a partition that it does not know.
    if (offset === undefined || !(offset >= 0)) throw new Error('a partition did not confirm')
    next.set(`${topic}/${partition}`, offset + 1)
    return offset
  })
}
