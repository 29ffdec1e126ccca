/**
 * Waits for dependencies: a process that starts before them, or that sees them go, waits and goes on.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { TonearmError } from '../errors/tonearm-error.ts'

const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 5_000

export interface PatientlyOptions {
  readonly signal: AbortSignal
  /** Told of each failure, with the code of what is waited for. */
  readonly onWait: (code: string, cause: unknown) => void
}

/**
 * Does `work` until it succeeds, with growing pauses. Rejects with what cannot pass by waiting, and with the signal's reason.
 */
export async function patiently<T>(work: () => Promise<T>, { signal, onWait }: PatientlyOptions): Promise<T> {
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
    signal.throwIfAborted()
    try {
      return await work()
    } catch (cause) {
      if (!(cause instanceof TonearmError && cause.retryable)) throw cause
      onWait(cause.code, cause)
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  }
}
