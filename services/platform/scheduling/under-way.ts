/** What was begun and has not ended, so that an end can wait for it. */
export interface UnderWay {
  /** Passes on what `work` answers or throws. */
  watch<T>(work: Promise<T>): Promise<T>
  /** Resolves when everything that was begun before has ended, well or not. */
  ended(): Promise<void>
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<unknown>>()

  return {
    watch(work) {
      const settled = work.catch(() => undefined).finally(() => all.delete(settled))
      all.add(settled)
      return work
    },

    async ended() {
      await Promise.all(all)
    },
  }
}
