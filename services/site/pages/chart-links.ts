/**
 * Lists of links to charts. Where there are many, the first few show, and the others unfold.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'

/** As many as one looks over. */
const SHOWN = 14

export interface ChartLink {
  readonly path: string
  readonly name: string
}

/** A heading and the links; nothing where there are none. Past `shown`, links unfold. */
export function chartLinks(
  heading: string,
  links: readonly ChartLink[],
  { texts, link }: Locale,
  { shown = SHOWN }: { readonly shown?: number } = {},
): Html | false {
  if (links.length === 0) return false
  const item = ({ path, name }: ChartLink) => html`<li><a href="${link(path)}">${name}</a></li>\n`
  const isLong = links.length > shown + 2
  const first = isLong ? links.slice(0, shown) : links
  const rest = isLong ? links.slice(shown) : []
  return html`<section class="chart-links"><h2>${heading}</h2>
<ul class="links">
${first.map(item)}</ul>${
    rest.length > 0 &&
    html`
<details><summary>${texts.chart.more(rest.length)}</summary><ul class="links">
${rest.map(item)}</ul></details>`
  }</section>
`
}
