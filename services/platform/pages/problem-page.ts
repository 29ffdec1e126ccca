/**
 * The page of a problem: as an answer to a browser, and at `/problems/CODE`.
 * @module
 */
import { type ProblemCode, problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { type Html, html } from './html.ts'
import type { Locale } from './locale.ts'
import type { Page } from './page.ts'

/** `canonicalPath` where it is the page at `/problems/CODE`; as the answer of another address it has none. */
export function problemPage(code: ProblemCode, { texts, link }: Locale, canonicalPath?: string): Page {
  const { title, explanation } = texts.problem.kinds[code]
  const body = html`<h1>${title}</h1>
<p class="lead">${codeMarks(explanation)}</p>
<p class="soft">${texts.problem.status(problemCatalogue[code].status)} <code>${code}</code>.</p>
<p><a class="button" href="${link('/')}">${texts.problem.toCharts}</a></p>`
  const page: Page = { title, description: title, body, width: 'text', robots: 'noindex' }
  return canonicalPath === undefined ? page : { ...page, canonicalPath }
}

/** The catalogue marks code with backticks, as its readers in terminals expect. */
function codeMarks(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
