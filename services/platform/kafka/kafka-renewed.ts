import { TonearmError } from '../errors/tonearm-error.ts'
import { kafkaErrorType } from './kafka-error.ts'

const ATTEMPTS = 2

/** A connection that is made at its first use, and made anew after it failed: kafkajs does not recover from every failure. */
export interface Renewed<T> {
  /** Runs `work`, a second time with a new connection where the first failed by it. Passes on what it answers or throws. */
  run<R>(work: (connected: T) => Promise<R>): Promise<R>
  close(): Promise<void>
}

export function createRenewed<T extends { connect(): Promise<void>; disconnect(): Promise<void> }>(
  make: () => T,
): Renewed<T> {
  let current: Promise<T> | undefined
  let isClosed = false

  return {
    async run(work) {
      for (let attempt = 1; ; attempt += 1) {
        const connecting = connected()
        try {
          return await work(await connecting)
        } catch (error) {
          if (isAnswer(error)) throw error
          if (current === connecting) current = undefined
          void disconnect(connecting)
          if (isClosed || attempt === ATTEMPTS) throw error
        }
      }
    },

    async close() {
      isClosed = true
      if (current !== undefined) await disconnect(current)
    },
  }

  function connected(): Promise<T> {
    current ??= connect()
    return current
  }

  async function connect(): Promise<T> {
    if (isClosed) throw new Error('the client was closed')
    const made = make()
    await made.connect()
    return made
  }
}

/** What a broker said, or we: a new connection would hear the same. */
function isAnswer(error: unknown): boolean {
  return error instanceof TonearmError || kafkaErrorType(error) !== undefined
}

async function disconnect(connecting: Promise<{ disconnect(): Promise<void> }>): Promise<void> {
  // It may have failed to connect, and what it is connected to may be away.
  await connecting.then((made) => made.disconnect()).catch(() => undefined)
}
