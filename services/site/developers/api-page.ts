/**
 * The API as a page, made of the same document that `/openapi.json` answers with.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import type { ApiField, ApiRoute } from './read-openapi.ts'

export function apiPage(routes: readonly ApiRoute[], { texts, link }: Locale): Page {
  const tags = [...new Set(routes.map(({ tag }) => tag))]
  const body = html`<h1>${texts.developers.apiTitle}</h1>
<div lang="en" class="docs">
<p class="lead">Every route, from <a href="/openapi.json">the OpenAPI document</a>. <a href="${link('/developers')}">How DJ software sends sessions</a> is told apart.</p>
<p>Routes with a scope take <code>Authorization: Bearer TOKEN</code>. Errors are <code>application/problem+json</code> with <code>type</code>, <code>title</code>, <code>status</code>,
<code>detail</code> and <code>code</code>, and for bad input <code>errors</code> of <code>path</code> (a JSON Pointer) and <code>message</code>.</p>
<nav aria-label="Routes">${tags.map(
    (tag) => html`<h2>${tag}</h2>
<ul class="api-routes">
${routes
  .filter((route) => route.tag === tag)
  .map(
    ({ anchor, method, path, summary }) =>
      html`<li><a href="#${anchor}"><code>${method} ${path}</code></a> <span class="soft">${summary}</span></li>\n`,
  )}</ul>
`,
  )}</nav>
${routes.map(routeSection)}</div>`
  return {
    title: texts.developers.apiTitle,
    description: texts.developers.apiDescription,
    body,
    canonicalPath: '/developers/api',
  }
}

function routeSection({
  anchor,
  method,
  path,
  summary,
  description,
  needsToken,
  parameters,
  bodies,
  answers,
}: ApiRoute): Html {
  return html`<div class="api-route"><h2 id="${anchor}"><code>${method} ${path}</code></h2>
<p>${summary}${needsToken && html` <span class="tag">token</span>`}</p>${description !== '' && html`\n<p class="soft">${description}</p>`}
${parameters.length > 0 && fieldTable('Parameters', parameters)}${bodies.map(({ mediaType, fields }) =>
  fieldTable(`Body: ${mediaType}`, fields),
)}
<h3>Answers</h3>
<dl class="api-answers">${answers.map(
    ({ status, description: words, fields }) =>
      html`<dt>${status}</dt><dd>${words}${fields.length > 0 && fieldTable(`Answer ${status}`, fields)}</dd>\n`,
  )}</dl></div>
`
}

function fieldTable(caption: string, fields: readonly ApiField[]): Html {
  if (fields.length === 0) return html`<h3>${caption}</h3>\n`
  return html`<div class="table"><table><caption>${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">What it is</th></tr></thead>
<tbody>
${fields.map(
  ({ name, place, type, isRequired, description }) =>
    html`<tr><td><code>${name}</code>${place !== '' && html` <span class="soft">${place}</span>`}</td><td><code>${type}</code>${
      isRequired && html` <span class="tag">required</span>`
    }</td><td>${description}</td></tr>\n`,
)}</tbody></table></div>`
}
