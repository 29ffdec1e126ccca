import type { ConsumerGroup } from './event-log.ts'

/** One consumer of a group at a time, as with a partition of Kafka: a second one waits until the first has ended. */
export interface OneAtATime {
  /** Runs `consumer` when those of its group before it have ended; not at all when `signal` aborts before that. */
  run(group: ConsumerGroup, signal: AbortSignal, consumer: () => Promise<void>): Promise<void>
  /** Resolves when all have ended. */
  ended(): Promise<void>
}

export function createOneAtATime(): OneAtATime {
  const tails = new Map<ConsumerGroup, Promise<void>>()

  return {
    run(group, signal, consumer) {
      const before = tails.get(group) ?? Promise.resolve()
      const running = Promise.race([before, aborted(signal)]).then(() => (signal.aborted ? undefined : consumer()))
      const ended = running.catch(() => undefined)
      tails.set(
        group,
        before.then(() => ended),
      )
      return running
    },

    async ended() {
      await Promise.all(tails.values())
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
