/**
 * Decides what is withheld beside the event loop: what stands beside each other of a hit are thousands of numbers, and looking at
 * them takes seconds, which would hold up every upload.
 * @module
 */
import { Worker } from 'node:worker_threads'
import { type Decisions, decisions } from './decisions.ts'

/** A thread takes a second to start, and less than this is decided in a few milliseconds. */
const CHARACTERS_MAX = 32_768

/** Of a thread; what it is given is bounded by `ROWS_MAX` of what reads it. */
const MEMORY_MEBIBYTES_MAX = 1024

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
  let thread: Worker | undefined

  const open = () =>
    new Worker(new URL('./decide-thread.mjs', import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEBIBYTES_MAX },
    })

  return {
    async decide(name, given) {
      const characters = Object.values(given).reduce(
        (sum, part) => sum + (typeof part === 'string' ? part.length : 0),
        0,
      )
      // Its name and what it is given belong together by the type.
      const decideHere = decisions[name] as (of: typeof given) => Decided<typeof name>
      if (characters < charactersMax) return decideHere(given)
      thread ??= open()
      try {
        return await ask(thread, { name, given })
      } catch (cause) {
        thread = undefined
        throw cause
      }
    },
    async close() {
      await thread?.terminate()
      thread = undefined
    },
  }
}

function ask<Name extends keyof Decisions>(thread: Worker, question: Question<Name>): Promise<Decided<Name>> {
  return new Promise((resolve, reject) => {
    const onAnswer = (answer: Decided<Name>) => {
      stopListening()
      resolve(answer)
    }
    const onError = (cause: unknown) => {
      stopListening()
      reject(cause)
    }
    const onExit = () => onError(new Error('the thread that withholds ended without an answer'))
    const stopListening = () => {
      thread.off('message', onAnswer).off('error', onError).off('exit', onExit)
    }
    thread.on('message', onAnswer).on('error', onError).on('exit', onExit)
    thread.postMessage(question)
  })
}
