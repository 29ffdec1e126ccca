/**
 * The dead letters in their topic. A letter's key is its owner and the position of its event, so that it is one letter
 * however often it is written, and a tombstone takes away that one only.
 * @module
 */
import type { KafkaMessage } from 'kafkajs'
import type { KafkaClient } from '../kafka/kafka-client.ts'
import type { OutgoingMessage } from '../kafka/kafka-producer.ts'
import { readPartition, topicRanges } from '../kafka/kafka-topic-reader.ts'
import type { DeadLetter, Erasure, LogRecord, Position } from './event-log.ts'

const PARTITION = 0
const DETAIL_CHARACTERS_MAX = 10_000
/** The topic is read from its end in steps of so many messages, until a page is full. Few: each may be a megabyte. */
const STEP_MESSAGES = 50

export function deadLetterMessage(topic: string, record: LogRecord, reason: string, detail: string): OutgoingMessage {
  const { owner, payload, partition, offset, appendedAtMs } = record
  return {
    topic,
    partition: PARTITION,
    key: keyOf(owner, { partition, offset }),
    value: payload,
    headers: { reason, detail: detail.slice(0, DETAIL_CHARACTERS_MAX), appendedAt: `${appendedAtMs}` },
  }
}

/** The newest letters, newest first by when they were written; with `before`, those behind the one there. */
export async function readDeadLetters(
  client: KafkaClient,
  topic: string,
  limit: number,
  before?: Position,
): Promise<readonly DeadLetter[]> {
  if (before === undefined) return (await readPage(client, topic, limit)).letters
  const page = await readPage(client, topic, limit, { before, isGone: false })
  // It was erased since, and compacted away: the page begins with the next older one of its partition.
  return page.hasBegun ? page.letters : (await readPage(client, topic, limit, { before, isGone: true })).letters
}

async function readPage(
  client: KafkaClient,
  topic: string,
  limit: number,
  cursor?: { readonly before: Position; readonly isGone: boolean },
): Promise<{ readonly letters: readonly DeadLetter[]; readonly hasBegun: boolean }> {
  const [{ low, high } = { low: 0, high: 0 }] = await topicRanges(client, topic)
  const letters: DeadLetter[] = []
  const seen = new Set<string>()
  let hasBegun = cursor === undefined
  for (let until = high; until > low && letters.length < limit; until -= STEP_MESSAGES) {
    const step: KafkaMessage[] = []
    const from = Math.max(low, until - STEP_MESSAGES)
    await readPartition(client, { topic, partition: PARTITION, from, until, isCompacted: true }, (message) =>
      step.push(message),
    )
    for (const message of step.reverse()) {
      const key = message.key?.toString('utf8') ?? ''
      const position = positionOf(key)
      if (cursor?.isGone === true && isOlder(position, cursor.before)) hasBegun = true
      // The newest of a key holds, a letter or a tombstone, and that one comes first here.
      const isNewest = !seen.has(key)
      seen.add(key)
      if (hasBegun && isNewest && message.value !== null && letters.length < limit) {
        letters.push(toDeadLetter(message, position))
      }
      // The place of a letter is its own, not that of a tombstone over it.
      if (cursor?.isGone === false && message.value !== null && isSame(position, cursor.before)) hasBegun = true
    }
  }
  return { letters, hasBegun }
}

/** Tombstones over the letters of owners, for those of events before an offset. */
export async function deadLetterTombstones(
  client: KafkaClient,
  topic: string,
  erasures: readonly Erasure[],
): Promise<OutgoingMessage[]> {
  const offsets = new Map<string, number>()
  for (const { owner, beforeOffset } of erasures) {
    offsets.set(owner, Math.max(beforeOffset, offsets.get(owner) ?? 0))
  }
  const keys = new Set<string>()
  const [range] = await topicRanges(client, topic)
  if (range === undefined) return []
  await readPartition(
    client,
    { topic, partition: PARTITION, from: range.low, until: range.high, isCompacted: true },
    ({ key, value }) => {
      const text = key?.toString('utf8') ?? ''
      const { owner, offset } = positionOf(text)
      if (value === null) keys.delete(text)
      else if (offset < (offsets.get(owner) ?? 0)) keys.add(text)
    },
  )
  return [...keys].map((key) => ({ topic, partition: PARTITION, key, value: null }))
}

function keyOf(owner: string, { partition, offset }: Position): string {
  return `${partition}/${offset}/${owner}`
}

function positionOf(key: string): Position & { readonly owner: string } {
  const [partition = '', offset = '', ...owner] = key.split('/')
  return { partition: Number(partition), offset: Number(offset), owner: owner.join('/') }
}

function isSame(one: Position, other: Position): boolean {
  return one.partition === other.partition && one.offset === other.offset
}

function isOlder(one: Position, other: Position): boolean {
  return one.partition === other.partition && one.offset < other.offset
}

function toDeadLetter({ value, headers = {} }: KafkaMessage, position: ReturnType<typeof positionOf>): DeadLetter {
  const { partition, offset, owner } = position
  return {
    partition,
    offset,
    owner,
    payload: value ?? new Uint8Array(0),
    appendedAtMs: Number(headers['appendedAt'] ?? 0),
    reason: `${headers['reason'] ?? ''}`,
    detail: `${headers['detail'] ?? ''}`,
  }
}
