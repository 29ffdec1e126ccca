import { type ProblemCode, problemCatalogue } from '#platform/http/problem-catalogue.ts'

interface ProblemWords {
  readonly title: string
  readonly explanation: string
}

/** The words of the catalogue; its statuses are the same in every language. */
const kinds: Record<string, ProblemWords> = {}
for (const [code, { title, explanation }] of Object.entries(problemCatalogue)) kinds[code] = { title, explanation }

/** Pages of problems; in English they say what the answers say. */
export const problemTexts = {
  // Made of all the catalogue's codes just above.
  kinds: kinds as Readonly<Record<ProblemCode, ProblemWords>>,
  status: (status: number) => `HTTP status ${status}, code`,
  toCharts: 'To the charts',
}
