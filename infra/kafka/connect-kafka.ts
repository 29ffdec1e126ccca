import { Kafka, logLevel } from 'kafkajs'
import type { KafkaConnection } from '#platform/kafka/kafka-connection.ts'

/** A client for a command, which tries a few times and then says what was wrong. Nothing is connected before its first use. */
export function connectKafka({ brokers, tls, sasl }: KafkaConnection): Kafka {
  return new Kafka({
    clientId: 'tonearm-topics',
    brokers: [...brokers],
    ssl: tls,
    ...(sasl === undefined ? {} : { sasl }),
    retry: { retries: 3 },
    // What goes wrong is in the error; lines beside it would say it a second time.
    logLevel: logLevel.NOTHING,
  })
}
