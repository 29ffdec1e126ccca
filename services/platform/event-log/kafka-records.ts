import type { KafkaMessage } from 'kafkajs'
import type { LogRecord } from './event-log.ts'

/** Messages of `account-events` as events. Their time is that at which the broker took them, as the topic is set. */
export function toLogRecord(partition: number, message: KafkaMessage): LogRecord {
  return {
    partition,
    offset: Number(message.offset),
    owner: message.key?.toString('utf8') ?? '',
    payload: message.value ?? new Uint8Array(0),
    appendedAtMs: Number(message.timestamp),
  }
}
