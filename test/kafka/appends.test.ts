import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { type KafkaEventLogOptions, openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { partitionOf } from '#platform/event-log/partition-of.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { event, take, textOf } from '../contract/event-log/event-log-contract.ts'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'
import { logOptions, makeTestTopics, type TestTopics, withAdmin } from './kafka-log.ts'

describe.skipIf(without('kafka'))('appending to Kafka', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await startBroker({ topics: false })
  })

  function open(topics: TestTopics, options: Partial<KafkaEventLogOptions> = {}): EventLog {
    const log = openKafkaEventLog({ ...logOptions(broker.brokers, topics), ...options })
    onTestFinished(() => log.close())
    return log
  }

  it('is answered as unavailable while the broker is dead, and goes on by itself when it is back', async () => {
    const log = open(await makeTestTopics(broker.brokers), { answerMsMax: 4_000 })
    await log.append([event('anna', '1')])
    await broker.kill()
    for (const text of ['2', '3']) {
      await expect(log.append([event('anna', text)])).rejects.toMatchObject({
        code: 'log-unavailable',
        retryable: true,
      })
    }
    await broker.restart()
    const position = await waitFor('the broker', () => log.append([event('anna', '4')]).catch(() => undefined), 60_000)
    expect(position).toHaveLength(1)
    // What was under way when the broker died may be there, what was refused afterwards is not.
    const texts = (await take(log, Number(await log.lag('ingest')))).map(textOf)
    expect(texts.filter((text) => text !== '2')).toEqual(['1', '4'])
  })

  it('writes lines about a broker that is away that name no address, and few of them', async () => {
    const lines: string[] = []
    const logger = createLogger({ level: 'trace', destination: { write: (line) => void lines.push(line) } })
    const log = open(await makeTestTopics(broker.brokers), { answerMsMax: 4_000, logger })
    await log.append([event('anna', '1')])
    await broker.kill()
    await expect(log.append([event('anna', '2')])).rejects.toMatchObject({ code: 'log-unavailable' })
    await waitFor('lines of the client', () => lines.some((line) => line.includes('a line of the Kafka client')))
    await broker.restart()
    expect(lines.join('')).not.toMatch(/127\.0\.0\.1|localhost|not on the list/)
    const outages = lines.filter((line) => Number(JSON.parse(line).level) >= 40)
    expect(outages).toHaveLength(1)
    expect(outages[0]).toMatch(/"detail":"Sent again after a pause \(\w+.*the brokers did not confirm/)
  })

  it('is answered as unavailable by a process that starts while the broker is dead, and goes on with it', async () => {
    const topics = await makeTestTopics(broker.brokers)
    await broker.kill()
    const log = open(topics, { answerMsMax: 2_000 })
    await expect(log.append([event('anna', '1')])).rejects.toMatchObject({ code: 'log-unavailable' })
    await broker.restart()
    await waitFor('the broker', () => log.append([event('anna', '2')]).catch(() => undefined), 60_000)
    expect((await take(log, 1)).map(textOf)).toEqual(['2'])
  })

  it('loses nothing that was confirmed and keeps the order of each owner, while the broker is killed again and again', async () => {
    const log = open(await makeTestTopics(broker.brokers), { answerMsMax: 1_000 })
    const owners = ['anna', 'bert', 'cleo', 'dora', 'emil']
    const confirmed = new Map(owners.map((owner) => [owner, 0]))
    let isOver = false
    const uploads = owners.map(async (owner) => {
      for (let number = 1; !isOver; number += 1) {
        // A client sends the same again until it is taken.
        await waitFor('an answer', () => isOver || log.append([event(owner, `${number}`)]).then(always, never), 60_000)
        if (isOver) return
        confirmed.set(owner, number)
      }
    })
    for (let kills = 0; kills < 3; kills += 1) {
      const least = Math.min(...confirmed.values())
      await waitFor('some more of each', () => [...confirmed.values()].every((number) => number > least + 20), 60_000)
      await broker.kill()
      await broker.restart()
    }
    const last = new Map(confirmed)
    await waitFor(
      'some more of each',
      () => owners.every((owner) => (confirmed.get(owner) ?? 0) > (last.get(owner) ?? 0)),
      60_000,
    )
    isOver = true
    await Promise.all(uploads)

    const records = await take(log, await log.lag('ingest'))
    for (const owner of owners) {
      const numbers = records.filter((record) => record.owner === owner).map((record) => Number(textOf(record)))
      // Twice is allowed, one after the other; going back is not.
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
      const missing = Array.from({ length: confirmed.get(owner) ?? 0 }, (_, index) => index + 1).filter(
        (number) => !numbers.includes(number),
      )
      expect(missing).toEqual([])
    }
  })

  it('takes a request as large as an upload may be, at once, and hands it over in pieces', async () => {
    const log = open(await makeTestTopics(broker.brokers), { batchBytesMax: 4 * 1024 * 1024 })
    // Texts do not compress to less than three quarters of these.
    const payload = () => Buffer.from(randomBytes(25_000).toString('base64'))
    const request = Array.from({ length: 990 }, () => ({ owner: 'anna', payload: payload() }))
    const positions = await log.append(request)
    expect(new Set(positions.map(({ partition }) => partition)).size).toBe(1)
    const sizes: number[] = []
    const ending = new AbortController()
    let next = positions[0]?.offset ?? -1
    await log.consume(
      'ingest',
      async ({ records }) => {
        sizes.push(records.reduce((sum, record) => sum + record.payload.length, 0))
        for (const record of records) {
          expect(record.offset).toBe(next)
          expect(
            Buffer.compare(record.payload, request[next - (positions[0]?.offset ?? 0)]?.payload ?? Buffer.of()),
          ).toBe(0)
          next += 1
        }
        if (next > (positions.at(-1)?.offset ?? 0)) ending.abort()
      },
      ending.signal,
    )
    expect(sizes.length).toBeGreaterThan(5)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4 * 1024 * 1024)
  })

  it('refuses what the brokers find too large, and takes what comes after it', async () => {
    const log = open(await makeTestTopics(broker.brokers))
    const huge = { owner: 'anna', payload: randomBytes(45 * 1024 * 1024) }
    await expect(log.append([huge])).rejects.toMatchObject({ code: 'log-unavailable' })
    await log.append([event('anna', '1')])
    expect((await take(log, 1)).map(textOf)).toEqual(['1'])
  })

  it('sends an owner where it was, though the topic got more partitions', async () => {
    const topics = await makeTestTopics(broker.brokers)
    const owners = Array.from({ length: 40 }, (_, index) => `owner-${index}`)
    const before = await open(topics).append(owners.map((owner) => event(owner, '1')))
    await withAdmin(broker.brokers, (admin) =>
      admin.createPartitions({ topicPartitions: [{ topic: topics.events, count: 7 }] }),
    )
    const after = await open(topics, { partitions: async () => 3 }).append(owners.map((owner) => event(owner, '2')))
    expect(after.map(({ partition }) => partition)).toEqual(before.map(({ partition }) => partition))
    expect(after.map(({ partition }) => partition)).toEqual(owners.map((owner) => partitionOf(owner, 3)))
  })

  it.each([
    ['message.timestamp.type=LogAppendTime', { 'message.timestamp.type': 'CreateTime' }],
    ['cleanup.policy=delete', { 'cleanup.policy': 'compact' }],
    ['max.message.bytes', { 'max.message.bytes': '1000000' }],
    ['retention.ms', { 'retention.ms': '-1' }],
  ])('is refused where the topic must have another %s, with what to run', async (detail, settings) => {
    const log = open(await makeTestTopics(broker.brokers, { settings }))
    await expect(log.append([event('anna', '1')])).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(new RegExp(`must have.* ${detail}.*npm run kafka:topics`)),
    })
  })

  it('shares owners over the number of partitions that this process accepted, once it knew the log', async () => {
    const topics = await makeTestTopics(broker.brokers)
    let accepted = 1
    const log = open(topics, { partitions: async () => accepted })
    accepted = (await log.identity()).endOffsets.length
    const owners = Array.from({ length: 40 }, (_, index) => `owner-${index}`)
    const positions = await log.append(owners.map((owner) => event(owner, '1')))
    expect(positions.map(({ partition }) => partition)).toEqual(owners.map((owner) => partitionOf(owner, 3)))
  })

  it('is refused where the topic has fewer partitions than were accepted, but tells which log it is', async () => {
    const log = open(await makeTestTopics(broker.brokers), { partitions: async () => 5 })
    expect((await log.identity()).endOffsets).toHaveLength(3)
    await expect(log.append([event('anna', '1')])).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('has 3 partitions, and owners are shared over 5'),
    })
  })

  it('is refused where the topic does not exist, and makes none', async () => {
    const topics = await makeTestTopics(broker.brokers)
    const events = `${topics.events}.other`
    const log = open({ ...topics, events })
    await expect(log.append([event('anna', '1')])).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/does not exist.*npm run kafka:topics/),
    })
    expect(await withAdmin(broker.brokers, (admin) => admin.listTopics())).not.toContain(events)
  })
})

const always = () => true
const never = () => false
