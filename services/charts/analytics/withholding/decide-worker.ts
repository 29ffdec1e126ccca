/**
 * The thread that decides what is withheld.
 * @module
 */
import { answerQuestions } from '#platform/threads/answering-thread.ts'
import type { Question } from './create-withholding.ts'
import { decisions } from './decisions.ts'

answerQuestions(({ name, given }: Question) => {
  // The name and what it is given belong together by the type of who asks.
  const decide = decisions[name] as (of: typeof given) => unknown
  return decide(given)
})
