/**
 * Bounds the memory of all uploads together: bodies that are in memory, and bodies that are being worked on, which take
 * about ten times their bytes as values and events.
 * @module
 */
import { HttpProblem } from '#platform/http/problem.ts'
import { BODY_BYTES_MAX } from '#schemas/records/session.ts'

/** Bytes of bodies in memory; more are refused until some of them are done. */
const HELD_BYTES_MAX = 8 * BODY_BYTES_MAX

/** Bytes of bodies that are worked on at a time; a body of the largest size is worked on alone. */
const WORKED_ON_BYTES_MAX = BODY_BYTES_MAX

export interface BodyBudget {
  /** Counts bytes that come in. Throws the problem `overloaded`, and counts nothing, where there are too many. */
  hold(bytes: number): void
  /** Gives back what was held. */
  release(bytes: number): void
  /**
   * Holds a body until it is its turn and has been worked on. Bodies are worked on in the order they came. Throws the
   * problem `overloaded` as {@link hold}.
   */
  workOn<T>(body: Buffer, work: () => Promise<T>): Promise<T>
}

export function createBodyBudget({
  heldBytesMax = HELD_BYTES_MAX,
  workedOnBytesMax = WORKED_ON_BYTES_MAX,
} = {}): BodyBudget {
  let held = 0
  let workedOn = 0
  const waiting: { readonly bytes: number; readonly begin: () => void }[] = []

  function beginNext(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      // The first always begins where nothing is worked on, however large it is.
      if (workedOn > 0 && workedOn + next.bytes > workedOnBytesMax) return
      waiting.shift()
      workedOn += next.bytes
      next.begin()
    }
  }

  function hold(bytes: number): void {
    if (held + bytes > heldBytesMax) throw new HttpProblem('overloaded')
    held += bytes
  }

  return {
    hold,
    release(bytes) {
      held -= bytes
    },
    async workOn(body, work) {
      hold(body.length)
      // At least 1, so that what is worked on is never 0 meanwhile.
      const bytes = Math.max(1, body.length)
      await new Promise<void>((begin) => {
        waiting.push({ bytes, begin })
        beginNext()
      })
      try {
        return await work()
      } finally {
        workedOn -= bytes
        held -= body.length
        beginNext()
      }
    },
  }
}
