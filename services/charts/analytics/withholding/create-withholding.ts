/**
 * Decides what is withheld beside the event loop: what stands beside each other of a hit are thousands of numbers, and looking at
 * them takes seconds, which would hold up every upload.
 * @module
 */
import { type AnsweringThread, startThread } from '#platform/threads/answering-thread.ts'
import { type Decisions, decisions } from './decisions.ts'

/**
 * A thread takes a second to start, and less than this is decided in a few milliseconds. How much it is given at most, and so what
 * memory it takes, is bounded by `ROWS_MAX` of what reads it.
 */
const CHARACTERS_MAX = 32_768

type Given<Name extends keyof Decisions> = Parameters<Decisions[Name]>[0]
type Decided<Name extends keyof Decisions> = ReturnType<Decisions[Name]>

export interface Withholding {
  /** Rejects where it takes more than its memory. One at a time. */
  decide<Name extends keyof Decisions>(name: Name, given: Given<Name>): Promise<Decided<Name>>
  /** Resolves when its thread, if it has one, is gone. */
  close(): Promise<void>
}

/** What the thread is asked. */
export interface Question<Name extends keyof Decisions = keyof Decisions> {
  readonly name: Name
  readonly given: Given<Name>
}

/** `charactersMax`: what has fewer is decided at once, in this thread. */
export function createWithholding(charactersMax: number = CHARACTERS_MAX): Withholding {
  let thread: AnsweringThread<Question, unknown> | undefined

  return {
    async decide(name, given) {
      const characters = Object.values(given).reduce(
        (sum, part) => sum + (typeof part === 'string' ? part.length : 0),
        0,
      )
      // Its name and what it is given belong together by the type.
      const decideHere = decisions[name] as (of: typeof given) => Decided<typeof name>
      if (characters < charactersMax) return decideHere(given)
      thread ??= startThread(new URL('./decide-worker.ts', import.meta.url))
      try {
        return (await thread.ask({ name, given })) as Decided<typeof name> // what `decisions` makes of it there
      } catch (cause) {
        thread = undefined
        throw cause
      }
    },
    async close() {
      await thread?.close()
      thread = undefined
    },
  }
}
