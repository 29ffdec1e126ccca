/**
 * Group commit: while one transaction waits for the disk, what comes in gathers and goes together with the next one.
 *
 * So one flush serves as many requests as came during the last one, none waits for a timer, and one transaction at a time
 * is under way, which makes what is in it easy to say.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'

export interface GroupCommitOptions {
  /** Runs `stage` in one transaction; resolves when it is durable, rejects when nothing of it is certain. */
  readonly transact: (stage: () => void) => Promise<void>
  /** A transaction takes no more once it has this, so that a flush stays short. One write may be larger. */
  readonly groupBytesMax: number
  /** Writes are refused while this much waits: a slow disk must not fill the memory. */
  readonly waitingBytesMax: number
  /** After this time without an answer of the disk, writes are refused until it answers. */
  readonly commitMsMax: number
}

export interface GroupCommit {
  /**
   * Runs `stage`, which only puts and removes, in the next transaction, all of it or none; resolves with its answer when
   * that is durable. Rejects with `log-unavailable`.
   */
  commit<T>(sizeBytes: number, stage: () => T): Promise<T>
  /** Runs `work` while no transaction is under way; writes wait for its end. Passes on what it answers or throws. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when nothing waits, with whether the disk still answers. */
  idle(): Promise<boolean>
}

interface Write {
  readonly sizeBytes: number
  readonly stage: () => void
  readonly resolve: () => void
  readonly reject: (error: TonearmError) => void
}

export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { transact, groupBytesMax, waitingBytesMax, commitMsMax } = options
  let waiting: Write[] = []
  let waitingBytes = 0
  let stalled = false
  let isRunning = false
  const waitingAlone: (() => Promise<void>)[] = []
  let onIdle: (() => void)[] = []

  return {
    commit<T>(sizeBytes: number, stage: () => T): Promise<T> {
      if (stalled) return Promise.reject(stalledError())
      if (waiting.length > 0 && waitingBytes + sizeBytes > waitingBytesMax) {
        return Promise.reject(
          new TonearmError('log-unavailable', `More than ${waitingBytesMax} bytes wait for the disk`),
        )
      }
      return new Promise<T>((resolve, reject) => {
        let answer: T
        const write: Write = {
          sizeBytes,
          stage: () => {
            answer = stage()
          },
          resolve: () => resolve(answer),
          reject,
        }
        waiting.push(write)
        waitingBytes += sizeBytes
        if (!isRunning) void run()
      })
    },

    alone(work) {
      return new Promise((resolve, reject) => {
        waitingAlone.push(() => work().then(resolve, reject))
        if (!isRunning) void run()
      })
    },

    async idle() {
      if (isRunning && !stalled) await new Promise<void>((resolve) => onIdle.push(resolve))
      return !stalled
    },
  }

  async function run(): Promise<void> {
    isRunning = true
    // A turn of the loop, so that requests that came together go together.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (waiting.length > 0 || waitingAlone.length > 0) {
      for (const work of waitingAlone.splice(0)) await work()
      if (waiting.length === 0) continue
      const group = takeGroup()
      const watch = setTimeout(() => stall(group), commitMsMax)
      try {
        await transact(() => {
          for (const write of group) write.stage()
        })
        for (const write of group) write.resolve()
      } catch (error) {
        const unavailable = asUnavailable(error)
        for (const write of group) write.reject(unavailable)
      }
      clearTimeout(watch)
      stalled = false
    }
    isRunning = false
    tellIdle()
  }

  function takeGroup(): Write[] {
    let bytes = 0
    let count = 0
    for (const { sizeBytes } of waiting) {
      if (count > 0 && bytes + sizeBytes > groupBytesMax) break
      bytes += sizeBytes
      count += 1
    }
    const group = waiting.slice(0, count)
    waiting = waiting.slice(count)
    waitingBytes -= bytes
    return group
  }

  function stall(group: readonly Write[]): void {
    stalled = true
    for (const write of [...group, ...waiting]) write.reject(stalledError())
    waiting = []
    waitingBytes = 0
    tellIdle()
  }

  function tellIdle(): void {
    for (const tell of onIdle) tell()
    onIdle = []
  }

  function stalledError(): TonearmError {
    return new TonearmError('log-unavailable', `The disk has not confirmed a write of the log for ${commitMsMax} ms`)
  }
}

function asUnavailable(error: unknown): TonearmError {
  if (error instanceof TonearmError && error.code === 'log-unavailable') return error
  const detail = error instanceof Error ? error.message : String(error)
  return new TonearmError('log-unavailable', `The event log could not be written: ${detail}`, error)
}
