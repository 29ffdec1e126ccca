import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { EventLog, LogRecord } from '#platform/event-log/event-log.ts'
import { openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { event, take } from '../contract/event-log/event-log-contract.ts'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { logOptions, makeTestTopics } from './kafka-log.ts'

const HOUR_MS = 3_600_000

describe.skipIf(without('kafka'))('dead letters in Kafka', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await startBroker({ topics: false })
  })

  async function openWith(events: number): Promise<{ log: EventLog; records: LogRecord[] }> {
    const topics = await makeTestTopics(broker.brokers, { partitions: 1 })
    const log = openKafkaEventLog(logOptions(broker.brokers, topics))
    onTestFinished(() => log.close())
    await log.append(Array.from({ length: events }, (_, index) => event(`owner-${index % 3}`, `${index}`)))
    return { log, records: await take(log, events) }
  }

  it('are one letter, though its event came twice', async () => {
    const { log, records } = await openWith(2)
    for (const record of [...records, ...records]) await log.deadLetter(record, 'unreadable', `event ${record.offset}`)
    expect((await log.deadLetters(10)).map(({ detail }) => detail)).toEqual(['event 1', 'event 0'])
  })

  it('keep the time, the reason and any bytes of the event', async () => {
    const { log, records } = await openWith(1)
    const [record] = records
    if (record === undefined) throw new Error('nothing was handed over')
    const payload = Buffer.of(0, 255, 10, 128)
    await log.deadLetter({ ...record, payload }, 'row-refused', 'größer als erlaubt')
    const [letter] = await log.deadLetters(1)
    expect(letter).toMatchObject({ ...record, payload, reason: 'row-refused', detail: 'größer als erlaubt' })
  })

  it('are listed page by page, also where there are many, and where the one a page ended at is erased', async () => {
    const { log, records } = await openWith(450)
    await Promise.all(records.map((record) => log.deadLetter(record, 'unreadable', `${record.offset}`)))
    const seen: number[] = []
    for (let page = await log.deadLetters(100); page.length > 0; ) {
      seen.push(...page.map(({ offset }) => offset))
      const last = page.at(-1)
      if (last === undefined) break
      if (seen.length === 200) await log.erase([{ owner: last.owner, beforeOffset: last.offset + 1 }])
      page = await log.deadLetters(100, last)
    }
    const erasedFrom = (seen[199] ?? 0) % 3
    const expected = records
      .map(({ offset }) => offset)
      .toReversed()
      .filter((offset, index) => index < 200 || offset % 3 !== erasedFrom)
    expect(seen.toSorted((one, other) => other - one)).toEqual(expected)
  })

  it('of an erased owner are not listed any more, and the events go with the retention of the topic', async () => {
    const { log, records } = await openWith(6)
    for (const record of records) await log.deadLetter(record, 'unreadable', `${record.offset}`)
    const beforeMs = Date.now()
    const goneAtMs = await log.erase([{ owner: 'owner-0', beforeOffset: 3 }])
    expect((await log.deadLetters(10)).map(({ offset }) => offset)).toEqual([5, 4, 3, 2, 1])
    // The topics keep an event for 72 hours, in segments of an hour.
    expect(goneAtMs).toBeGreaterThan(beforeMs + 73 * HOUR_MS)
    expect(goneAtMs).toBeLessThan(beforeMs + 74 * HOUR_MS)
    expect(await log.erase([{ owner: 'owner-0', beforeOffset: 3 }])).toBeGreaterThanOrEqual(goneAtMs)
  })
})
