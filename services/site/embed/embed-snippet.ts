/**
 * What others put into their page to show a chart in it.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { chartPath } from '../pages/names.ts'

/** Height of ten places with head and foot. */
const HEIGHT = 660

/** @param origin the address of the service; without it the snippet says where it belongs */
export function embedSnippet(
  chart: { readonly region: string; readonly genre: string; readonly period: string },
  title: string,
  origin: string,
  { texts, link }: Locale,
): Html {
  const path = link(`/embed${chartPath(chart.region, chart.genre, chart.period)}`)
  const snippet = html`<iframe src="${origin || 'https://…'}${path}" title="${title}" width="400" height="${HEIGHT}" loading="lazy"></iframe>`
  return html`<details class="embed-snippet"><summary>${texts.embed.title}</summary>
<p class="hint">${texts.embed.hint} <a href="${path}">${texts.embed.address}</a></p>
<pre tabindex="0" aria-label="HTML"><code>${snippet.markup}</code></pre></details>`
}
