/**
 * Problems: thrown by a handler, answered by the server as RFC 9457 problem details.
 * @module
 */
import type { Problem } from '#schemas/records/problem.ts'
import { type ProblemCode, problemCatalogue } from './problem-catalogue.ts'

/** What a problem may carry beside its code. None of it may repeat personal data. */
export type ProblemExtras = Partial<Pick<Problem, 'detail' | 'errors' | 'accepted' | 'rejected'>> & {
  readonly retryAfterSeconds?: number
}

/** Throw it in a handler; {@link toProblem} makes the answer of it. */
export class HttpProblem extends Error {
  readonly code: ProblemCode
  readonly extras: ProblemExtras

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(extras.detail ?? problemCatalogue[code].title)
    this.name = 'HttpProblem'
    this.code = code
    this.extras = extras
  }
}

/** The body of a problem's answer. */
export function toProblem(code: ProblemCode, { retryAfterSeconds: _, ...extras }: ProblemExtras = {}): Problem {
  const kind = problemCatalogue[code]
  return {
    type: `/problems/${code}`,
    title: kind.title,
    status: kind.status,
    detail: kind.explanation,
    code,
    ...extras,
  }
}
