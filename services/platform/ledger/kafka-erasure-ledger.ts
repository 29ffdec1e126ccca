/**
 * The ledger of erasures in a topic of Kafka, for services in several processes. The brokers keep it in copies, and longer
 * than any backup lives; nothing is ever taken out of it here.
 * @module
 */
import { BACKUP_RETENTION_DAYS_MAX } from '../config/settings.ts'
import { TonearmError } from '../errors/tonearm-error.ts'
import { createKafkaClient, type KafkaClientOptions } from '../kafka/kafka-client.ts'
import { asUnavailable } from '../kafka/kafka-error.ts'
import { createKafkaProducer } from '../kafka/kafka-producer.ts'
import { createSendQueue } from '../kafka/kafka-send-queue.ts'
import { checkTopics } from '../kafka/kafka-topic-check.ts'
import { readPartition, topicRanges } from '../kafka/kafka-topic-reader.ts'
import { createMutex } from '../scheduling/mutex.ts'
import { withinLimit } from '../scheduling/within-limit.ts'
import type { ErasureLedger, LedgerEntry } from './erasure-ledger.ts'
import { decodeLedgerLine, encodeLedgerLine } from './ledger-line.ts'

const PARTITION = 0
const DAY_MS = 24 * 60 * 60 * 1000
/** A ledger of a million erasures is held in some hundred megabytes. */
const ENTRIES_MAX = 1_000_000
const READ_MS_MAX = 120_000
const GROUP_BYTES_MAX = 512 * 1024
const GROUP_MESSAGES_MAX = 2_000
const WAITING_BYTES_MAX = 16 * 1024 * 1024
const ANSWER_MS_MAX = 10_000

export interface KafkaErasureLedgerOptions extends KafkaClientOptions {
  /** Name of its topic. */
  readonly topic?: string
  /** An append is answered by then, 10 s by default. Milliseconds. */
  readonly answerMsMax?: number
}

export interface KafkaErasureLedger extends ErasureLedger {
  close(): Promise<void>
}

/** Opening connects nothing. Rejections: `ledger-unavailable`, and `config-invalid` where the topic is not as it must be. */
export function openKafkaErasureLedger(options: KafkaErasureLedgerOptions): KafkaErasureLedger {
  const { topic = 'erasure-ledger', answerMsMax = ANSWER_MS_MAX } = options
  const client = createKafkaClient(options)
  const producer = createKafkaProducer(client, 'ledger-unavailable')
  const queue = createSendQueue({
    producer,
    ready: checked,
    code: 'ledger-unavailable',
    groupBytesMax: GROUP_BYTES_MAX,
    groupMessagesMax: GROUP_MESSAGES_MAX,
    waitingBytesMax: WAITING_BYTES_MAX,
    answerMsMax,
  })
  const turn = createMutex()
  /** Erasures that need not be sent again. Another process may send one of them all the same: reading counts it once. */
  let known: Set<string> | undefined
  let checking: Promise<unknown> | undefined

  return {
    append: (entries) =>
      turn.run(async () => {
        known ??= new Set((await read()).map(({ receiptHash }) => receiptHash))
        const missing = new Map(
          entries.flatMap((entry) => (known?.has(entry.receiptHash) ? [] : [[entry.receiptHash, entry] as const])),
        )
        const messages = [...missing].map(([key, entry]) => ({
          topic,
          partition: PARTITION,
          key,
          value: bytesOf(entry),
        }))
        for (let from = 0; from < messages.length; from += GROUP_MESSAGES_MAX) {
          await queue.send(messages.slice(from, from + GROUP_MESSAGES_MAX))
        }
        for (const hash of missing.keys()) known.add(hash)
      }),

    create: () => ask(checked),
    read: () => turn.run(read),
    // The brokers take out what is older than the topic's retention.
    trim: async () => 0,

    async close() {
      await queue.end()
      await producer.close()
      await client.close()
    },
  }

  function read(): Promise<readonly LedgerEntry[]> {
    return ask(async () => {
      await checked()
      const byReceipt = new Map<string, LedgerEntry>()
      const [{ low, high } = { low: 0, high: 0 }] = await topicRanges(client, topic)
      const range = { topic, partition: PARTITION, from: low, until: high, isCompacted: false }
      await readPartition(client, range, ({ offset, value }) => {
        const entry = decodeLedgerLine(value?.toString('utf8') ?? '')
        if (entry === undefined) throw unavailable(`is damaged, or of another version, at offset ${offset}`)
        if (byReceipt.size >= ENTRIES_MAX) throw unavailable(`has more than ${ENTRIES_MAX} erasures`)
        if (!byReceipt.has(entry.receiptHash)) byReceipt.set(entry.receiptHash, entry)
      })
      return [...byReceipt.values()]
    })
  }

  async function checked(): Promise<void> {
    checking ??= checkTopics(client, [
      {
        topic,
        messageBytesMin: GROUP_BYTES_MAX,
        cleanup: 'delete',
        retentionMsMin: (BACKUP_RETENTION_DAYS_MAX + 1) * DAY_MS,
      },
    ]).catch((error: unknown) => {
      checking = undefined
      throw error
    })
    await checking
  }
}

async function ask<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withinLimit(work(), READ_MS_MAX)
  } catch (error) {
    throw asUnavailable('ledger-unavailable', 'The ledger of erasures could not be read', error)
  }
}

function bytesOf(entry: LedgerEntry): Uint8Array {
  return Buffer.from(encodeLedgerLine(entry))
}

function unavailable(what: string): TonearmError {
  return new TonearmError('ledger-unavailable', `The ledger of erasures ${what}`)
}
