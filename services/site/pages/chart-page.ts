/**
 * The page of a chart.
 * @module
 */
import { html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { genreOfScene, genresAbove } from '#rules/genres/genre-name.ts'
import type { ReadChart } from '../charts/read-chart.ts'
import type { Neighbours } from '../charts/read-neighbours.ts'
import type { RankHistories } from '../charts/read-rank-histories.ts'
import { embedSnippet } from '../embed/embed-snippet.ts'
import { imageGraph } from '../images/image-graph.ts'
import { siteScripts } from '../site-scripts.ts'
import { chartData } from '../structured-data/chart-data.ts'
import { chartHead } from './chart-head.ts'
import { chartLinks } from './chart-links.ts'
import { chartTable } from './chart-table.ts'
import { chartPath, namesIn } from './names.ts'

export function chartPage(
  read: ReadChart,
  {
    neighbours,
    histories,
    origin,
  }: { readonly neighbours: Neighbours; readonly histories: RankHistories; readonly origin: string },
  locale: Locale,
): Page {
  const { texts, formats } = locale
  const names = namesIn(locale)
  const { chart, entries } = read.chart
  const { region, genre } = chart
  const { kind } = read.period
  const path = chartPath(region, genre, chart.period)
  const chartName = names.chart(region, genre)
  const periodName = names.period(chart.period)
  const feed = `/feeds/charts/${[region, genre, kind].map(encodeURIComponent).join('/')}.atom`
  const toRegion = (code: string) => ({ path: chartPath(code, genre, chart.period), name: names.region(code) })
  const toGenre = (slug: string) => ({ path: chartPath(region, slug, chart.period), name: names.genre(slug) })
  const { genresWithin, scenes } = sortGenres(genre, neighbours.otherGenres)
  const isScene = genreOfScene(genre) !== undefined
  const [first] = entries
  const body = html`${chartHead(read, neighbours, locale)}
<div class="with-side chart-body">
<nav class="chart-around" aria-label="${texts.chart.around}" data-switch>
${chartLinks(texts.chart.regionsWithin(names.region(region)), neighbours.regionsWithin.map(toRegion), locale)}
${chartLinks(
  genre === 'all' || isScene ? texts.chart.genres : texts.chart.genresWithin(names.genre(genre)),
  genresWithin.map(toGenre),
  locale,
)}
${chartLinks(texts.chart.scenes, scenes.map(toGenre), locale)}</nav>
<div class="chart-main">
${chartTable({ entries, caption: texts.chart.caption, kind, histories }, locale)}
</div>
<div class="chart-about">
<h2>${texts.chart.aboutTitle}</h2>
<p>${texts.chart.aboutMinimum(chart.minimumDjs)} ${texts.chart.aboutCounting}${isScene && ` ${texts.chart.aboutScene}`}</p>
<p>${chart.status === 'final' ? texts.chart.aboutFinal : texts.chart.aboutProvisional}
${texts.chart.aboutRevision(chart.revision, formats.dateTime(chart.builtAt))}</p>
<div class="no-print">
<h2>${texts.chart.downloads}</h2>
<ul class="links">
<li><a href="/v1${path}.csv" type="text/csv">CSV</a></li>
<li><a href="/v1${path}" type="application/json">JSON</a></li>
<li><a href="${feed}" type="application/atom+xml">${texts.chart.feed}</a></li>
</ul>
${embedSnippet(chart, chartName, origin, locale)}
</div>
</div>
</div>`
  return {
    title: `${chartName}: ${periodName}`,
    description: texts.chart.description(
      chartName,
      periodName,
      first === undefined ? undefined : `${first.track.artist}, ${first.track.title}`,
    ),
    body,
    canonicalPath: path,
    area: 'charts',
    feeds: [{ title: chartName, href: feed }],
    openGraph: imageGraph(origin, `${path}/image.png`, `${chartName}: ${periodName}`),
    head: html`<meta name="twitter:card" content="summary_large_image">\n`,
    structuredData: chartData(read.chart, `${chartName}: ${periodName}`, origin),
    scripts: [siteScripts.switchCharts],
  }
}

/** Genres under this one (all of them for the chart of all genres), and scenes: all, or that of this genre. */
function sortGenres(genre: string, others: readonly string[]) {
  const scenes = others.filter((slug) => genreOfScene(slug) !== undefined)
  const genres = others.filter((slug) => slug !== 'all' && genreOfScene(slug) === undefined)
  const own = genreOfScene(genre)
  if (genre === 'all' || own !== undefined) return { genresWithin: own === undefined ? genres : [], scenes }
  return {
    genresWithin: genres.filter((slug) => genresAbove(slug).includes(genre)),
    scenes: scenes.filter((slug) => genreOfScene(slug) === genre),
  }
}
