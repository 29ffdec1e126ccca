import { expect, it } from 'vitest'
import { quietRequestQueue, type RequestQueue } from '#platform/kafka/kafka-quiet-queue.ts'
import { waitFor } from '../../support/wait-for.ts'

interface Pushable extends RequestQueue {
  push(request: { entry: { correlationId: number }; expectResponse: boolean; sendRequest: () => void }): void
  fulfillRequest(answer: { correlationId: number; payload: Buffer; size: number }): void
  destroy(): void
}

function createQueue(): Pushable {
  // Made as a connection of kafkajs makes it.
  const Queue = quietRequestQueue() as unknown as new (options: object) => Pushable
  const logger = { debug: () => undefined, warn: () => undefined }
  return new Queue({ maxInFlightRequests: 1, requestTimeout: 1_000, clientId: 'test', broker: 'test', logger })
}

function request(correlationId: number, sendRequest: () => void) {
  const entry = { correlationId, resolve: () => undefined, reject: () => undefined }
  return { entry, expectResponse: true, sendRequest }
}

it('arms no timer while no request waits', () => {
  const queue = createQueue()
  queue.push(request(1, () => undefined))
  queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 })
  queue.checkPendingRequests()
  expect(queue.throttleCheckTimeoutId).toBeNull()
})

it('sends a request that had to wait, in its turn', async () => {
  const queue = createQueue()
  const sent: number[] = []
  queue.push(request(1, () => void sent.push(1)))
  queue.push(request(2, () => void sent.push(2)))
  expect(sent).toEqual([1])
  queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 })
  await waitFor('the second request', () => sent.length === 2)
  queue.destroy()
})
