import { describe, expect, it } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import type { OutgoingMessage } from '#platform/kafka/kafka-producer.ts'
import { createSendQueue, type SendQueueOptions } from '#platform/kafka/kafka-send-queue.ts'
import { waitFor } from '../../support/wait-for.ts'

const message = (key: string, bytes = 1): OutgoingMessage => ({
  topic: 'events',
  partition: 0,
  key,
  value: new Uint8Array(bytes),
})

describe('sending in groups', () => {
  it('sends together what comes while a request is under way, and answers each call with its own offsets', async () => {
    const { queue, sent, brokers } = createBrokers()
    const first = queue.send([message('a')])
    await waitFor('the first request', () => sent.length === 1)
    const second = queue.send([message('b'), message('c')])
    const third = queue.send([message('d')])
    brokers.confirm()
    expect(await first).toEqual([0])
    await waitFor('the second request', () => sent.length === 2)
    brokers.confirm()
    expect(await Promise.all([second, third])).toEqual([[1, 2], [3]])
    expect(sent).toEqual([['a'], ['b', 'c', 'd']])
  })

  it('puts no more into a request than it should, but a larger call alone', async () => {
    const { queue, sent, brokers } = createBrokers({ groupBytesMax: 1_000, groupMessagesMax: 2 })
    const calls = [
      queue.send([message('a', 100)]),
      queue.send([message('b', 100)]),
      queue.send([message('c', 100)]),
      queue.send([message('large', 5_000)]),
      queue.send([message('d', 100)]),
    ]
    for (let requests = 1; requests <= 4; requests += 1) {
      await waitFor(`request ${requests}`, () => sent.length === requests)
      brokers.confirm()
    }
    await Promise.all(calls)
    expect(sent).toEqual([['a', 'b'], ['c'], ['large'], ['d']])
  })

  it('refuses calls when too many bytes wait', async () => {
    const { queue, sent, brokers } = createBrokers({ waitingBytesMax: 2_000 })
    const first = queue.send([message('a')])
    await waitFor('the first request', () => sent.length === 1)
    const second = queue.send([message('b', 1_500)])
    await expect(queue.send([message('c', 1_500)])).rejects.toMatchObject({ code: 'log-unavailable' })
    brokers.confirm()
    await waitFor('the second request', () => sent.length === 2)
    brokers.confirm()
    expect(await Promise.all([first, second])).toEqual([[0], [1]])
  })

  it('answers in time while the brokers are silent, refuses at once what comes after, and goes on when they answer', async () => {
    const { queue, sent, brokers } = createBrokers({ answerMsMax: 30 })
    const late = { code: 'log-unavailable', retryable: true }
    const first = queue.send([message('a')])
    await waitFor('the first request', () => sent.length === 1)
    const second = queue.send([message('b')])
    await expect(first).rejects.toMatchObject(late)
    await expect(second).rejects.toMatchObject(late)
    await expect(queue.send([message('c')])).rejects.toMatchObject(late)
    brokers.confirm()
    const again = await waitFor('the brokers', async () => {
      const sending = queue.send([message('d')])
      await Promise.race([sending.catch(() => undefined), waitFor('a request', () => sent.length === 2)])
      if (sent.length < 2) return undefined
      brokers.confirm()
      return sending
    })
    expect(again).toEqual([1])
    // What had not been sent was given up with its answer.
    expect(sent).toEqual([['a'], ['d']])
  })

  it('passes on why the topics cannot be used, and tries again with the next call', async () => {
    let isReady = false
    const invalid = new TonearmError('config-invalid', 'no such topic')
    const { queue, sent, brokers } = createBrokers({
      ready: async () => (isReady ? undefined : Promise.reject(invalid)),
    })
    await expect(queue.send([message('a')])).rejects.toBe(invalid)
    isReady = true
    const second = queue.send([message('b')])
    await waitFor('the request', () => sent.length === 1)
    brokers.confirm()
    expect(await second).toEqual([0])
  })

  it('finishes what waits when it ends, and takes no more', async () => {
    const { queue, sent, brokers } = createBrokers()
    const first = queue.send([message('a')])
    const ending = queue.end()
    await expect(queue.send([message('b')])).rejects.toMatchObject({ code: 'log-unavailable' })
    await waitFor('the request', () => sent.length === 1)
    brokers.confirm()
    await ending
    expect(await first).toEqual([0])
  })
})

/** Brokers that confirm when they are told to. */
function createBrokers(options: Partial<SendQueueOptions> = {}) {
  const sent: string[][] = []
  let next = 0
  let confirm: () => void = () => undefined
  const queue = createSendQueue({
    producer: {
      send: (messages) => {
        sent.push(messages.map(({ key }) => key))
        return new Promise((resolve) => {
          confirm = () => resolve(messages.map(() => next++))
        })
      },
      close: async () => undefined,
    },
    ready: async () => undefined,
    code: 'log-unavailable',
    groupBytesMax: 1_000_000,
    groupMessagesMax: 1_000,
    waitingBytesMax: 10_000_000,
    answerMsMax: 10_000,
    ...options,
  })
  return { queue, sent, brokers: { confirm: () => confirm() } }
}
