import { CompressionTypes, Kafka, logLevel } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { startBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'

describe.skipIf(without('kafka'))('a broker for tests', () => {
  it('has after a SIGKILL every message that it had confirmed, on the port that it had before', async () => {
    const broker = await startBroker({ partitions: 1 })
    const kafka = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING })
    const producer = kafka.producer({ idempotent: true })
    await producer.connect()
    const values = Array.from({ length: 100 }, (_, index) => `event ${index}`)
    await producer.send({
      topic: 'account-events',
      acks: -1,
      compression: CompressionTypes.GZIP,
      messages: values.map((value) => ({ key: 'owner', value })),
    })
    await producer.disconnect()

    await broker.kill()
    await broker.restart()

    const consumer = kafka.consumer({ groupId: 'reader' })
    await consumer.connect()
    await consumer.subscribe({ topic: 'account-events', fromBeginning: true })
    const read: string[] = []
    await consumer.run({
      eachMessage: async ({ message }) => {
        read.push(String(message.value))
      },
    })
    await waitFor('the messages', () => read.length >= values.length, 60_000)
    await consumer.disconnect()
    expect(read).toEqual(values)
  })
})
