/** Lets consumers sleep at the end of a log until something comes, without asking again and again. */
export interface WakeUp {
  /** Wakes everybody who waits now. */
  wake(): void
  /** Resolves at the next `wake`, or when `signal` aborts. */
  next(signal: AbortSignal): Promise<void>
}

export function createWakeUp(): WakeUp {
  let sleepers = new Set<() => void>()

  return {
    wake() {
      const woken = sleepers
      sleepers = new Set()
      for (const wakeOne of woken) wakeOne()
    },

    next(signal) {
      if (signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const done = () => {
          signal.removeEventListener('abort', done)
          sleepers.delete(done)
          resolve()
        }
        signal.addEventListener('abort', done)
        sleepers.add(done)
      })
    },
  }
}
