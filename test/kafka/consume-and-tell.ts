/**
 * A process that consumes a log in Kafka and says on standard output what it does: `took PARTITION OFFSET…` when a batch
 * is handed over, `lost PARTITION` when its partition is another's, `done PARTITION OFFSET…` when it has handled one. It
 * handles the batches of events that say `slow` until their partition is lost. Started by stalled.test.ts.
 */
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import pino from 'pino'
import { openKafkaEventLog } from '../../services/platform/event-log/kafka-event-log.ts'

const [brokers = '', events = '', deadLetters = '', groupId = ''] = process.argv.slice(2)
const log = openKafkaEventLog({
  brokers: [brokers],
  tls: false,
  clientId: 'tonearm-test',
  logger: pino({ level: 'silent' }),
  clock: Date.now,
  topics: { events, deadLetters },
  groupId: () => groupId,
  times: { sessionMs: 6_000, heartbeatMs: 500 },
})

// Synchronous, so that what stands there was done before whatever stops this process.
const tell = (text: string) => writeSync(1, `${text}\n`)

await log.consume(
  'ingest',
  async ({ partition, records, lost }) => {
    const batch = `${partition} ${records.map(({ offset }) => offset).join(' ')}`
    tell(`took ${batch}`)
    if (records.some(({ payload }) => Buffer.from(payload).toString() === 'slow')) {
      if (!lost.aborted) await once(lost, 'abort')
      tell(`lost ${partition}`)
      throw new Error('what was in hand is another process’s now')
    }
    tell(`done ${batch}`)
  },
  new AbortController().signal,
)
