import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { EventLog } from '#platform/event-log/event-log.ts'
import { openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { event, take, textOf } from '../contract/event-log/event-log-contract.ts'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'
import { logOptions, makeTestTopics, makeTopicsOf, type TestTopics, withAdmin } from './kafka-log.ts'

describe.skipIf(without('kafka'))('which log it is, in Kafka', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await startBroker({ topics: false })
  })

  function open(topics: TestTopics): EventLog {
    const log = openKafkaEventLog(logOptions(broker.brokers, topics))
    onTestFinished(() => log.close())
    return log
  }

  /** The topic under the same name, with the same settings and the same number of events. */
  async function makeAnew(topics: TestTopics): Promise<void> {
    await withAdmin(broker.brokers, (admin) => admin.deleteTopics({ topics: [topics.events] }))
    await waitFor('the topic to be gone', async () => {
      const names = await withAdmin(broker.brokers, (admin) => admin.listTopics())
      return !names.includes(topics.events)
    })
    await makeTopicsOf(broker.brokers, topics)
  }

  it('is another one when the topic was made anew, though it looks the same', async () => {
    const topics = await makeTestTopics(broker.brokers)
    const before = open(topics)
    await before.append([event('anna', '1')])
    const old = await before.identity()
    await makeAnew(topics)
    const after = open(topics)
    await after.append([event('anna', '1')])
    const made = await after.identity()
    expect(made.endOffsets).toEqual(old.endOffsets)
    expect(made.id).not.toBe(old.id)
  })

  it('stays the same over a restart of the broker, and while the topic gets more partitions', async () => {
    const topics = await makeTestTopics(broker.brokers)
    const log = open(topics)
    await log.append([event('anna', '1')])
    const { id, endOffsets } = await log.identity()
    await broker.kill()
    await broker.restart()
    await withAdmin(broker.brokers, (admin) =>
      admin.createPartitions({ topicPartitions: [{ topic: topics.events, count: 5 }] }),
    )
    const later = await waitFor('the partitions', async () => {
      const known = await log.identity()
      return known.endOffsets.length === 5 && known
    })
    expect(later).toEqual({ id, endOffsets: [...endOffsets, 0, 0] })
  })

  it('stops a consumer that would take events of the new log for those of the old one', async () => {
    const topics = await makeTestTopics(broker.brokers)
    const log = open(topics)
    await log.append([event('anna', '1')])
    expect((await take(log, 1)).map(textOf)).toEqual(['1'])
    await makeAnew(topics)
    // The process that appends need not be started again: it numbers its events anew.
    await waitFor('the new topic', () => log.append([event('anna', '2')]).then(always, never))
    await expect(log.consume('ingest', async () => undefined, new AbortController().signal)).rejects.toMatchObject({
      code: 'other-log',
    })
  })
})

const always = () => true
const never = () => false
