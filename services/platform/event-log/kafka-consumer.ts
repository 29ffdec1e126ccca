/**
 * Consumes a topic in a group until it is told to end: where its member breaks, another one joins after a pause.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { TonearmError } from '../errors/tonearm-error.ts'
import { asUnavailable } from '../kafka/kafka-error.ts'
import { type MemberOptions, runMember } from './kafka-member.ts'

const PAUSE_MS_MIN = 200
const PAUSE_MS_MAX = 5_000
/** A member that held for this long was no failed attempt. */
const STEADY_MS = 60_000

export interface ConsumerOptions extends MemberOptions {
  /** Awaited before each member joins. What is retryable is waited for. */
  readonly ready: () => Promise<void>
}

/** Resolves once `signal` has aborted and the batch in hand is done. Passes on what `handle` and `resumeFrom` throw. */
export async function consumeTopic(options: ConsumerOptions, signal: AbortSignal): Promise<void> {
  const { client, ready, onMissing } = options
  const once = onMissing === undefined ? {} : { onMissing: tellOnce(onMissing) }
  let pauseMs = PAUSE_MS_MIN
  while (!signal.aborted) {
    const beganAtMs = performance.now()
    let cause: unknown
    try {
      await ready()
      const end = await runMember({ ...options, ...once }, signal)
      if (end.kind === 'told') return
      if (end.kind === 'failed') throw new PassedOn(end.error)
      cause = end.error
    } catch (error) {
      if (error instanceof PassedOn) throw error.cause
      if (error instanceof TonearmError && !error.retryable) throw error
      cause = error
    }
    if (performance.now() - beganAtMs > STEADY_MS) pauseMs = PAUSE_MS_MIN
    const error = asUnavailable('log-unavailable', 'Consuming broke off', cause)
    client.logger.warn({ error, pauseMs }, 'the event log is consumed again after a pause')
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)
  }
}

/** Keeps the errors of the caller apart from those of the brokers. */
class PassedOn extends Error {
  constructor(cause: unknown) {
    super('passed on', { cause })
  }
}

/** A gap is met again after each rebalance, until the position is behind it. */
function tellOnce(onMissing: NonNullable<MemberOptions['onMissing']>): typeof onMissing {
  const told = new Map<number, number>()
  return (partition, fromOffset, toOffset) => {
    if (toOffset <= (told.get(partition) ?? -1)) return
    told.set(partition, toOffset)
    onMissing(partition, fromOffset, toOffset)
  }
}
