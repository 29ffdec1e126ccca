/**
 * Group commit over a producer: what comes while a request to the brokers is under way gathers, and goes with the next
 * one. kafkajs sends each call by itself; so a thousand uploads would be a thousand requests, and no better compressed.
 * @module
 */
import { type ErrorCode, TonearmError } from '../errors/tonearm-error.ts'
import { asUnavailable } from './kafka-error.ts'
import type { KafkaProducer, OutgoingMessage } from './kafka-producer.ts'

/** What a message costs besides its bytes, about. */
const MESSAGE_BYTES = 128

export interface SendQueueOptions {
  readonly producer: KafkaProducer
  /** Awaited before each group: a rejection is the answer to everything in it. */
  readonly ready: () => Promise<void>
  readonly code: ErrorCode
  /** A request takes no more once it has this, uncompressed. One call may be larger, and then goes alone. */
  readonly groupBytesMax: number
  /** kafkajs cannot read a record batch of more than about 100,000 messages. */
  readonly groupMessagesMax: number
  /** Calls are refused while this much waits: a slow broker must not fill the memory. */
  readonly waitingBytesMax: number
  /** A call is answered by then, whatever the brokers do. */
  readonly answerMsMax: number
}

export interface SendQueue {
  /**
   * Sends messages, all of a call in one request, and those of one partition in one record batch; resolves with their
   * offsets in the same order. Rejects with the code: what became of them is then unknown.
   */
  send(messages: readonly OutgoingMessage[]): Promise<readonly number[]>
  /** Takes no more, and resolves when nothing waits or the time for an answer has passed. */
  end(): Promise<void>
}

interface Call {
  readonly messages: readonly OutgoingMessage[]
  readonly sizeBytes: number
  readonly resolve: (offsets: readonly number[]) => void
  readonly reject: (error: TonearmError) => void
  readonly timer: NodeJS.Timeout
}

export function createSendQueue(options: SendQueueOptions): SendQueue {
  const { producer, ready, code, groupBytesMax, groupMessagesMax, waitingBytesMax, answerMsMax } = options
  let waiting: Call[] = []
  let waitingBytes = 0
  let inHand: readonly Call[] = []
  /** The request under way has passed its time: nobody is kept waiting behind it. */
  let isStalled = false
  let isOpen = true
  let running: Promise<void> | undefined

  return {
    send(messages) {
      if (!isOpen) return Promise.reject(new TonearmError(code, 'The connection to the brokers is closed'))
      if (messages.length === 0) return Promise.resolve([])
      if (isStalled) return Promise.reject(lateError())
      const sizeBytes = messages.reduce(
        (sum, { key, value }) => sum + key.length + (value?.length ?? 0) + MESSAGE_BYTES,
        0,
      )
      if (waiting.length > 0 && waitingBytes + sizeBytes > waitingBytesMax) {
        return Promise.reject(new TonearmError(code, `More than ${waitingBytesMax} bytes wait for the brokers`))
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => giveUp(call), answerMsMax)
        const call: Call = { messages, sizeBytes, resolve, reject, timer }
        waiting.push(call)
        waitingBytes += sizeBytes
        running ??= run()
      })
    },

    async end() {
      isOpen = false
      if (running === undefined || isStalled) return
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, answerMsMax)
      })
      await Promise.race([running, late])
      clearTimeout(timer)
    },
  }

  async function run(): Promise<void> {
    // A turn of the loop, so that calls that came together go together.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      inHand = takeGroup()
      try {
        await ready()
        const offsets = await producer.send(inHand.flatMap(({ messages }) => messages))
        answer(offsets)
      } catch (error) {
        const unavailable = asUnavailable(code, 'The brokers did not confirm', error)
        for (const call of inHand) settle(call).reject(unavailable)
      }
      inHand = []
      isStalled = false
    }
    running = undefined
  }

  function answer(offsets: readonly number[]): void {
    let from = 0
    for (const call of inHand) {
      const until = from + call.messages.length
      settle(call).resolve(offsets.slice(from, until))
      from = until
    }
  }

  function takeGroup(): Call[] {
    let bytes = 0
    let messages = 0
    let count = 0
    for (const call of waiting) {
      const isFull = bytes + call.sizeBytes > groupBytesMax || messages + call.messages.length > groupMessagesMax
      if (count > 0 && isFull) break
      bytes += call.sizeBytes
      messages += call.messages.length
      count += 1
    }
    const group = waiting.slice(0, count)
    waiting = waiting.slice(count)
    waitingBytes -= bytes
    return group
  }

  /** What is with the producer stays there, and may be confirmed later: only its caller is told. */
  function giveUp(call: Call): void {
    call.reject(lateError())
    if (inHand.includes(call)) {
      isStalled = true
      for (const other of waiting) settle(other).reject(lateError())
      waiting = []
      waitingBytes = 0
    } else if (waiting.includes(call)) {
      waiting = waiting.filter((other) => other !== call)
      waitingBytes -= call.sizeBytes
    }
  }

  function lateError(): TonearmError {
    return new TonearmError(code, `The brokers have not confirmed a write for ${answerMsMax} ms`)
  }
}

function settle(call: Call): Call {
  clearTimeout(call.timer)
  return call
}
