import { randomBytes } from 'node:crypto'
import { CompressionTypes, Kafka, logLevel, type Message } from 'kafkajs'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'

const MIB = 1024 * 1024

describe.skipIf(without('kafka'))('a broker for tests', () => {
  let broker: TestBroker
  let kafka: Kafka

  beforeAll(async () => {
    broker = await startBroker({ partitions: 1 })
    kafka = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING })
  })

  /** All in one batch. */
  async function send(topic: string, messages: Message[]): Promise<void> {
    const producer = kafka.producer({ idempotent: true, retry: { retries: 1 } })
    onTestFinished(() => producer.disconnect())
    await producer.connect()
    await producer.send({ topic, acks: -1, compression: CompressionTypes.GZIP, messages })
  }

  async function read(topic: string, count: number): Promise<string[]> {
    const consumer = kafka.consumer({ groupId: `reader-${topic}` })
    onTestFinished(() => consumer.disconnect())
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    const values: string[] = []
    await consumer.run({
      eachMessage: async ({ message }) => {
        values.push(String(message.value))
      },
    })
    await waitFor('the messages', () => values.length >= count, 60_000)
    return values
  }

  it('has after a SIGKILL every message that it had confirmed, at the address that it had before', async () => {
    const values = Array.from({ length: 100 }, (_, index) => `event ${index}`)
    await send(
      'account-events',
      values.map((value) => ({ key: 'owner', value })),
    )
    await broker.kill()
    await broker.restart()
    expect(await read('account-events', values.length)).toEqual(values)
  })

  it('goes on after an orderly end too', async () => {
    await send('erasure-ledger', [{ key: 'owner', value: 'erased' }])
    await broker.stop()
    await broker.restart()
    expect(await read('erasure-ledger', 1)).toEqual(['erased'])
  })

  it('takes the sessions of the largest request in one batch, even where they do not compress', async () => {
    const sessions = Array.from({ length: 1_000 }, () => ({ key: 'owner', value: randomBytes((32 * MIB) / 1_000) }))
    await send('account-events.dead', sessions)
    const admin = kafka.admin()
    onTestFinished(() => admin.disconnect())
    await admin.connect()
    const [partition] = await admin.fetchTopicOffsets('account-events.dead')
    expect(partition?.high).toBe('1000')
  })

  it('refuses a batch beyond any request', async () => {
    const sessions = Array.from({ length: 48 }, () => ({ key: 'owner', value: randomBytes(MIB) }))
    await expect(send('account-events.dead', sessions)).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' })
  })

  it('makes no topic by itself, whoever writes to it', async () => {
    await expect(send('acount-events', [{ key: 'owner', value: 'event' }])).rejects.toThrow()
    const admin = kafka.admin()
    onTestFinished(() => admin.disconnect())
    await admin.connect()
    expect(await admin.listTopics()).not.toContain('acount-events')
  })
})
