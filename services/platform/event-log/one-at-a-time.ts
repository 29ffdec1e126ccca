import type { ConsumerGroup } from './event-log.ts'

/** One consumer of a group at a time, as with a partition of Kafka: a second one waits until the first has ended. */
export interface OneAtATime {
  /** Runs `consumer` when those of its group before it have ended; not at all when `signal` aborts before that. */
  run(group: ConsumerGroup, signal: AbortSignal, consumer: () => Promise<void>): Promise<void>
  /** Whether one of a group runs now. */
  isRunning(group: ConsumerGroup): boolean
  /** Resolves when all have ended. */
  ended(): Promise<void>
}

export function createOneAtATime(): OneAtATime {
  const tails = new Map<ConsumerGroup, Promise<void>>()
  const running = new Set<ConsumerGroup>()

  return {
    run(group, signal, consumer) {
      const before = tails.get(group) ?? Promise.resolve()
      const consuming = Promise.race([before, aborted(signal)]).then(() => (signal.aborted ? undefined : runOne()))
      const ended = consuming.catch(() => undefined)
      tails.set(
        group,
        before.then(() => ended),
      )
      return consuming

      async function runOne(): Promise<void> {
        running.add(group)
        await consumer().finally(() => running.delete(group))
      }
    },

    isRunning: (group) => running.has(group),

    async ended() {
      await Promise.all(tails.values())
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
