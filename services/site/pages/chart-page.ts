/**
 * The page of a chart.
 * @module
 */

import { html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { regionName } from '#rules/regions.ts'
import type { ReadChart } from '../charts/read-chart.ts'
import type { Neighbours } from '../charts/read-neighbours.ts'
import { siteScripts } from '../site-scripts.ts'
import { chartTable } from './chart-table.ts'
import { linkList } from './link-list.ts'
import { chartPath, countInWords, genreName, periodDates, periodName, timeInWords } from './names.ts'

export function chartPage(
  { chart: { chart, entries }, period, hasPrevious }: ReadChart,
  neighbours: Neighbours,
  locale: Locale,
): Page {
  const { region, genre } = chart
  const title = `${regionName(region)}, ${genreName(genre).toLowerCase()}: ${periodName(chart.period)}`
  const path = chartPath(region, genre, chart.period)
  const { link } = locale
  const toPeriod = (name: string) => link(chartPath(region, genre, name))
  const toRegion = (code: string) => link(chartPath(code, genre, chart.period))
  const toGenre = (slug: string) => link(chartPath(region, slug, chart.period))
  const { regionAbove, regionsWithin, otherGenres } = neighbours
  const body = html`<h1>${title}</h1>
<p class="soft">${periodDates(period)}, UTC. ${countInWords(chart.plays)} counted plays by ${countInWords(chart.djs)} DJs.</p>
<nav aria-label="Around this chart"><ul class="links">
${hasPrevious && html`<li><a rel="prev" href="${toPeriod(chart.previous ?? '')}">← ${periodName(chart.previous ?? '')}</a></li>`}
${chart.next !== null && html`<li><a rel="next" href="${toPeriod(chart.next)}">${periodName(chart.next)} →</a></li>`}
${regionAbove !== undefined && html`<li><a rel="up" href="${toRegion(regionAbove)}">↑ ${regionName(regionAbove)}</a></li>`}
<li><a href="/v1${path}.csv" type="text/csv">CSV</a></li>
<li><a href="/v1${path}" type="application/json">JSON</a></li>
</ul></nav>
${chartTable(entries, locale, `${title}, ranked by DJs, then by plays`)}
${linkList('Within this region', regionsWithin, toRegion, regionName)}
${linkList('Other genres here', otherGenres, toGenre, genreName)}
<h2>How to read this chart</h2>
<p>Charts and entries that fewer than ${chart.minimumDjs} DJs stand behind are not shown, so that nobody can be told from
them. A track counts once in a session, and only where its DJ chose to contribute.</p>
<p>${statusInWords(chart.status)} This is revision ${chart.revision}, built ${timeInWords(chart.builtAt)} UTC.</p>`
  return {
    title,
    description: `The tracks most DJs played: ${title}.`,
    body,
    canonicalPath: path,
    area: 'charts',
    scripts: [siteScripts.switchCharts],
  }
}

function statusInWords(status: 'provisional' | 'final'): string {
  return status === 'final'
    ? 'It is final: little change is to be expected, but corrections still come in.'
    : 'It is provisional: sessions of this period are still coming in.'
}
