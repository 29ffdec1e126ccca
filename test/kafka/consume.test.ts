import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { EventLog, LogRecord } from '#platform/event-log/event-log.ts'
import { type KafkaEventLogOptions, openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { event, take, textOf } from '../contract/event-log/event-log-contract.ts'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'
import { logOptions, makeTestTopics, type TestTopics, withAdmin } from './kafka-log.ts'

describe.skipIf(without('kafka'))('consuming from Kafka', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await startBroker({ topics: false })
  })

  function open(topics: TestTopics, options: Partial<KafkaEventLogOptions> = {}): EventLog {
    const log = openKafkaEventLog({ ...logOptions(broker.brokers, topics), ...options })
    onTestFinished(() => log.close())
    return log
  }

  /** Consumes until it is told to end, and keeps what it has handled, in order. */
  function consume(log: EventLog, handled: LogRecord[]): { end(): Promise<void> } {
    const ending = new AbortController()
    const handle = async ({ records }: { readonly records: readonly LogRecord[] }) => {
      await new Promise((resolve) => setImmediate(resolve))
      handled.push(...records)
    }
    const consuming = log.consume('ingest', handle, ending.signal)
    return {
      async end() {
        ending.abort()
        await consuming
      },
    }
  }

  /** The events of each partition as they were handled for the last time are in their order. */
  function expectOrderOf(handled: readonly LogRecord[], partitions: number) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const offsets = handled.filter((record) => record.partition === partition).map(({ offset }) => offset)
      const last = offsets.filter((offset, index) => offsets.lastIndexOf(offset) === index)
      expect(last).toEqual(last.toSorted((one, other) => one - other))
    }
  }

  it('goes on by itself after the broker was killed and came back', async () => {
    const log = open(await makeTestTopics(broker.brokers), { batchRecordsMax: 5 })
    const handled: LogRecord[] = []
    const consumer = consume(log, handled)
    const owners = Array.from({ length: 9 }, (_, index) => `owner-${index}`)
    await log.append(owners.map((owner) => event(owner, 'before')))
    await waitFor('the first events', () => handled.length >= 9)
    await broker.kill()
    await broker.restart()
    await waitFor(
      'the broker',
      () =>
        log.append(owners.map((owner) => event(owner, 'after'))).then(
          () => true,
          () => false,
        ),
      60_000,
    )
    const after = () => new Set(handled.filter((record) => textOf(record) === 'after').map(({ owner }) => owner))
    await waitFor('the events of afterwards', () => after().size === 9, 60_000)
    await consumer.end()
    expect(await log.lag('ingest')).toBe(0)
    expectOrderOf(handled, 3)
  })

  it('waits for a broker that is away when it begins', async () => {
    const topics = await makeTestTopics(broker.brokers)
    await open(topics).append([event('anna', '1')])
    await broker.kill()
    const handled: LogRecord[] = []
    const consumer = consume(open(topics), handled)
    await broker.restart()
    await waitFor('the event', () => handled.length === 1, 60_000)
    await consumer.end()
  })

  it('ends at once while the broker is away', async () => {
    const topics = await makeTestTopics(broker.brokers)
    const log = open(topics)
    const handled: LogRecord[] = []
    const consumer = consume(log, handled)
    await log.append([event('anna', '1')])
    await waitFor('the event', () => handled.length === 1)
    await broker.kill()
    await consumer.end()
    await broker.restart()
    expect(handled).toHaveLength(1)
  })

  it('hands over every event, in order in each partition, while consumers come and go', async () => {
    const partitions = 6
    const topics = await makeTestTopics(broker.brokers, { partitions })
    const producer = open(topics)
    const handled: LogRecord[] = []
    const owners = Array.from({ length: 30 }, (_, index) => `owner-${index}`)
    let isOver = false
    let rounds = 0
    const producing = (async () => {
      for (; !isOver; rounds += 1) {
        await producer.append(owners.map((owner) => event(owner, `${rounds}`)))
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const come = () => {
      const own: LogRecord[] = []
      const both = { push: (...records: LogRecord[]) => [own, handled].map((list) => list.push(...records)).length }
      const log = open(topics, { batchRecordsMax: 20 })
      return { own, ...consume(log, both as unknown as LogRecord[]) }
    }
    const steady = [come(), come()]
    await waitFor('both to have a share', () => steady.every(({ own }) => own.length > 50), 60_000)
    for (let visits = 0; visits < 3; visits += 1) {
      const guest = come()
      await waitFor('the third to have a share', () => guest.own.length > 20, 60_000)
      await guest.end()
    }
    const marks = steady.map(({ own }) => own.length)
    await waitFor(
      'both to go on',
      () => steady.every(({ own }, index) => own.length > (marks[index] ?? 0) + 50),
      60_000,
    )
    isOver = true
    await producing
    await waitFor('the end of the log', async () => (await producer.lag('ingest')) === 0, 60_000)
    await Promise.all(steady.map(({ end }) => end()))

    const seen = new Set(handled.map(({ partition, offset }) => `${partition}/${offset}`))
    expect(seen.size).toBe(rounds * owners.length)
    expectOrderOf(handled, partitions)
  })

  it('keeps its partitions while it handles one batch for longer than the brokers wait for a sign of life', async () => {
    const topics = await makeTestTopics(broker.brokers, { partitions: 1 })
    const log = open(topics, { times: { sessionMs: 6_000, heartbeatMs: 500 } })
    await log.append([event('anna', '1')])
    const ending = new AbortController()
    let wasLost: boolean | undefined
    await log.consume(
      'ingest',
      async ({ lost }) => {
        const beganAtMs = performance.now()
        await waitFor('a session to run out', () => performance.now() - beganAtMs > 8_000 || lost.aborted)
        wasLost = lost.aborted
        ending.abort()
      },
      ending.signal,
    )
    expect(wasLost).toBe(false)
    expect(await log.lag('ingest')).toBe(0)
  })

  it('finishes and keeps the batch in hand when another consumer joins', async () => {
    const topics = await makeTestTopics(broker.brokers, { partitions: 2 })
    const log = open(topics, { times: { heartbeatMs: 200 } })
    await log.append([event('anna', '1')])
    const first: string[] = []
    const second: LogRecord[] = []
    const ending = new AbortController()
    let finish: (() => void) | undefined
    const consuming = log.consume(
      'ingest',
      async ({ records, lost }) => {
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        first.push(...records.map(textOf), lost.aborted ? 'lost' : 'kept')
      },
      ending.signal,
    )
    await waitFor('the batch', () => finish !== undefined)
    const other = consume(open(topics), second)
    await waitFor('two members', async () => {
      const { groups } = await withAdmin(broker.brokers, (admin) => admin.describeGroups([topics.groupId()]))
      return groups[0]?.state === 'PreparingRebalance'
    })
    finish?.()
    await waitFor('the batch to be kept', async () => (await log.lag('ingest')) === 0)
    await other.end()
    ending.abort()
    await consuming
    expect(first).toEqual(['1', 'kept'])
    expect(second).toEqual([])
  })

  it('tells what was deleted before the consumer had it, and begins behind it', async () => {
    const topics = await makeTestTopics(broker.brokers, { partitions: 1 })
    const log = open(topics)
    await log.append(['0', '1', '2', '3', '4'].map((text) => event('anna', text)))
    await deleteBefore(topics, '3')
    const missing: number[][] = []
    const options = {
      resumeFrom: async () => 1,
      onMissing: (...gap: number[]) => void missing.push(gap),
    }
    expect((await take(log, 2, options)).map(textOf)).toEqual(['3', '4'])
    expect(missing).toEqual([[0, 1, 3]])
  })

  it('tells a group what was deleted since its position', async () => {
    const topics = await makeTestTopics(broker.brokers, { partitions: 1 })
    const log = open(topics, { batchRecordsMax: 1 })
    await log.append(['0', '1', '2', '3', '4'].map((text) => event('anna', text)))
    await take(log, 1)
    await deleteBefore(topics, '3')
    const missing: number[][] = []
    const onMissing = (...gap: number[]) => void missing.push(gap)
    expect((await take(log, 2, { onMissing })).map(textOf)).toEqual(['3', '4'])
    expect(missing).toEqual([[0, 1, 3]])
  })

  it('tells a new group of nothing, for it has missed nothing that it knows of', async () => {
    const topics = await makeTestTopics(broker.brokers, { partitions: 1 })
    const log = open(topics)
    await log.append(['0', '1', '2'].map((text) => event('anna', text)))
    await deleteBefore(topics, '2')
    const missing: number[][] = []
    const options = { resumeFrom: async () => undefined, onMissing: (...gap: number[]) => void missing.push(gap) }
    expect((await take(log, 1, options)).map(textOf)).toEqual(['2'])
    expect(missing).toEqual([])
  })

  it('passes on why the consumer does not know where to begin', async () => {
    const log = open(await makeTestTopics(broker.brokers))
    const resumeFrom = () => Promise.reject(new Error('the store is away'))
    const consuming = log.consume('ingest', async () => undefined, new AbortController().signal, { resumeFrom })
    await expect(consuming).rejects.toThrow('the store is away')
    await waitFor('the group to be left', async () => !(await log.hasConsumers('ingest')))
  })

  it('hands over the events of partitions that the topic got meanwhile', async () => {
    const topics = await makeTestTopics(broker.brokers, { partitions: 1 })
    const log = open(topics)
    await log.append([event('anna', '1')])
    expect((await take(log, 1)).map(textOf)).toEqual(['1'])
    await withAdmin(broker.brokers, (admin) =>
      admin.createPartitions({ topicPartitions: [{ topic: topics.events, count: 4 }] }),
    )
    const wider = open(topics, { partitions: async () => 4 })
    await wider.append(['anna', 'bert', 'cleo', 'dora', 'emil'].map((owner) => event(owner, '2')))
    expect(await take(wider, 5)).toHaveLength(5)
  })

  async function deleteBefore({ events }: TestTopics, offset: string): Promise<void> {
    await withAdmin(broker.brokers, async (admin) => {
      // kafkajs deletes only in topics that it was asked about before.
      await admin.fetchTopicOffsets(events)
      await admin.deleteTopicRecords({ topic: events, partitions: [{ partition: 0, offset }] })
    })
  }
})
