import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openKafkaEventLog } from '#platform/event-log/kafka-event-log.ts'
import { event, take, textOf } from '../contract/event-log/event-log-contract.ts'
import { startBroker, type TestBroker } from '../support/kafka-broker.ts'
import { without } from '../support/optional-parts.ts'
import { waitFor } from '../support/wait-for.ts'
import { logOptions, makeTestTopics, type TestTopics } from './kafka-log.ts'

const script = fileURLToPath(new URL('consume-and-tell.ts', import.meta.url))

describe.skipIf(without('kafka'))('a consumer that stands still', () => {
  let broker: TestBroker

  beforeAll(async () => {
    broker = await startBroker({ topics: false })
  })

  it('has lost its partition when it wakes, another has handled its batch, and it goes on with the next', async () => {
    const topics = await makeTestTopics(broker.brokers, { partitions: 1 })
    const log = openKafkaEventLog(logOptions(broker.brokers, topics))
    onTestFinished(() => log.close())
    await log.append([event('anna', 'slow')])
    const { process: stalled, lines } = consumeInProcess(broker, topics)
    await waitFor('the batch', () => lines.includes('took 0 0'), 60_000)

    stalled.kill('SIGSTOP')
    // Another one gets the partition only when the brokers have given the first one up.
    expect((await take(log, 1)).map(textOf)).toEqual(['slow'])
    expect(lines).toEqual(['took 0 0'])

    stalled.kill('SIGCONT')
    await waitFor('the loss', () => lines.includes('lost 0'), 60_000)
    await log.append([event('anna', 'quick')])
    await waitFor('the next event', () => lines.includes('done 0 1'), 60_000)
    expect(lines).toEqual(['took 0 0', 'lost 0', 'took 0 1', 'done 0 1'])
  })

  function consumeInProcess({ brokers }: TestBroker, { events, deadLetters, groupId }: TestTopics) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, brokers, events, deadLetters, groupId()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const lines: string[] = []
    let rest = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
    })
    return { process: child, lines }
  }
})
