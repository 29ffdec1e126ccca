/**
 * The problems a route can answer with, as its documentation wants them.
 * @module
 */
import { PROBLEM_MEDIA_TYPE, Problem } from '#schemas/records/problem.ts'
import { type ProblemCode, problemCatalogue } from './problem-catalogue.ts'

/** Responses by status for a route's `schema.response`; codes that share a status share its entry. */
export function problemResponses(...codes: readonly ProblemCode[]): Record<number, object> {
  const responses: Record<number, { description: string; content: object }> = {}
  // Where a token is asked for, whoever issues them may be out of reach.
  const outage = codes.includes('unauthorized') ? (['identity-provider-unavailable'] as const) : []
  for (const code of [...codes, ...outage]) {
    const { status, title } = problemCatalogue[code]
    const before = responses[status]?.description
    const description = `\`${code}\`: ${title}`
    responses[status] = {
      description: before === undefined ? description : `${before}; ${description}`,
      content: { [PROBLEM_MEDIA_TYPE]: { schema: Problem } },
    }
  }
  return responses
}
