import { beforeAll, describe } from 'vitest'
import { openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { eventLogContract } from '../contract/event-log/event-log-contract.ts'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { logOptions, makeTestTopics } from './kafka-log.ts'

describe.skipIf(without('kafka'))('over a broker', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await startBroker({ topics: false })
  })

  eventLogContract('Kafka', async (options) => {
    const topics = await makeTestTopics(broker.brokers)
    return { open: async () => openKafkaEventLog({ ...logOptions(broker.brokers, topics), ...options }) }
  })
})
