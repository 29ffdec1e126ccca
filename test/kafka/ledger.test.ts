import pino from 'pino'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type KafkaErasureLedger, openKafkaErasureLedger } from '#platform/ledger/kafka-erasure-ledger.ts'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'
import { makeTestTopics, withAdmin } from './kafka-log.ts'

const entry = (number: number) => ({ owner: `owner-${number % 2}`, receiptHash: `hash-${number}`, atMs: number * 1000 })

describe.skipIf(without('kafka'))('the ledger of erasures in Kafka', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await startBroker({ topics: false })
  })

  function open(topic: string): KafkaErasureLedger {
    const ledger = openKafkaErasureLedger({
      brokers: [broker.brokers],
      tls: false,
      clientId: 'tonearm-test',
      logger: pino({ level: 'silent' }),
      topic,
      answerMsMax: 2_000,
    })
    onTestFinished(() => ledger.close())
    return ledger
  }

  it('holds what was appended, in order, also for the next process', async () => {
    const { ledger: topic } = await makeTestTopics(broker.brokers)
    const ledger = open(topic)
    const blocked = { ...entry(4), block: 'under-age' } as const
    await Promise.all([ledger.append([entry(1), entry(2)]), ledger.append([entry(3), blocked])])
    const expected = [...[1, 2, 3].map(entry), blocked]
    expect(await ledger.read()).toEqual(expected)
    expect(await open(topic).read()).toEqual(expected)
  })

  it('holds an erasure once, however often and from however many processes it is handed over', async () => {
    const { ledger: topic } = await makeTestTopics(broker.brokers)
    const [one, other] = [open(topic), open(topic)]
    await Promise.all([one.append([entry(1), entry(1)]), other.append([entry(1)])])
    await one.append([entry(1), entry(2)])
    expect(await other.read()).toEqual([1, 2].map(entry))
  })

  it('is empty before the first erasure, and can be asked for as often as one likes', async () => {
    const { ledger: topic } = await makeTestTopics(broker.brokers)
    const ledger = open(topic)
    await ledger.create()
    await ledger.append([])
    expect(await ledger.read()).toEqual([])
    await ledger.append([entry(1)])
    await ledger.create()
    expect(await ledger.read()).toEqual([entry(1)])
  })

  it('keeps more erasures than go into one request', async () => {
    const { ledger: topic } = await makeTestTopics(broker.brokers)
    const entries = Array.from({ length: 5_000 }, (_, index) => entry(index))
    await open(topic).append(entries)
    expect(await open(topic).read()).toEqual(entries)
  })

  it('takes nothing out: the brokers keep it for as long as a backup may live', async () => {
    const { ledger: topic } = await makeTestTopics(broker.brokers)
    const ledger = open(topic)
    await ledger.append([entry(1)])
    expect(await ledger.trim(Date.now())).toBe(0)
    expect(await ledger.read()).toEqual([entry(1)])
  })

  it('does not pass over what it cannot read, for that may be an erasure', async () => {
    const { ledger: topic } = await makeTestTopics(broker.brokers)
    await open(topic).append([entry(1)])
    await open(topic).append([{ ...entry(2), owner: '' }])
    await expect(open(topic).read()).rejects.toMatchObject({
      code: 'ledger-unavailable',
      message: expect.stringContaining('at offset 1'),
    })
  })

  it('is unavailable while the broker is dead, and comes back with it', async () => {
    const { ledger: topic } = await makeTestTopics(broker.brokers)
    const ledger = open(topic)
    await ledger.append([entry(1)])
    await broker.kill()
    await expect(ledger.append([entry(2)])).rejects.toMatchObject({ code: 'ledger-unavailable', retryable: true })
    await expect(ledger.read()).rejects.toMatchObject({ code: 'ledger-unavailable' })
    await broker.restart()
    await waitFor(
      'the broker',
      () =>
        ledger.append([entry(2)]).then(
          () => true,
          () => false,
        ),
      60_000,
    )
    expect(await ledger.read()).toEqual([1, 2].map(entry))
  })

  it.each([
    ['does not exist', undefined],
    ['must have retention.ms', { 'retention.ms': '86400000' }],
  ])('is refused where its topic %s', async (detail, settings) => {
    const { ledger } = await makeTestTopics(broker.brokers)
    const topic = settings === undefined ? `${ledger}.other` : ledger
    if (settings !== undefined) {
      const configEntries = [
        { name: 'message.timestamp.type', value: 'LogAppendTime' },
        { name: 'retention.ms', value: settings['retention.ms'] },
      ]
      await withAdmin(broker.brokers, (admin) =>
        admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] }),
      )
    }
    await expect(open(topic).create()).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(new RegExp(`${detail}.*npm run kafka:topics`)),
    })
  })
})
