/**
 * The page of a problem: as an answer to a browser, and at `/problems/CODE`.
 * @module
 */
import { type ProblemCode, problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { type Html, html } from '../html.ts'
import type { Page } from './layout.ts'

export function problemPage(code: ProblemCode): Page {
  const { status, title, explanation } = problemCatalogue[code]
  const body = html`<h1>${title}</h1>
<p>${codeMarks(explanation)}</p>
<p class="soft">HTTP status ${status}, code <code>${code}</code>. <a href="/">To the charts</a></p>`
  return { title, description: title, body }
}

/** The catalogue marks code with backticks, as its readers in terminals expect. */
function codeMarks(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
