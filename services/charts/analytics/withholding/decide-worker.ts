/**
 * The thread that decides what is withheld: answers one question after the other.
 * @module
 */
import { parentPort } from 'node:worker_threads'
import type { Question } from './create-withholding.ts'
import { decisions } from './decisions.ts'

parentPort?.on('message', ({ name, given }: Question) => {
  // The name and what it is given belong together by the type of who asks.
  const decide = decisions[name] as (of: typeof given) => unknown
  parentPort?.postMessage(decide(given))
})
