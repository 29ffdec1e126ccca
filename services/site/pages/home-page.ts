/**
 * The home page: this week's world chart with what moves in it, where the DJs are, and the sizes of genres.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { WORLD } from '#rules/regions.ts'
import { LATEST } from '../charts/chart-address.ts'
import type { ReadChart } from '../charts/read-chart.ts'
import type { HomeRegions, Size } from '../charts/read-home-regions.ts'
import type { RankHistories } from '../charts/read-rank-histories.ts'
import { chartLinks } from './chart-links.ts'
import { chartMovers } from './chart-movers.ts'
import { chartTable } from './chart-table.ts'
import { genreBars } from './genre-bars.ts'
import { chartPath, namesIn } from './names.ts'
import { worldMap } from './world-map.ts'

const ENTRIES_SHOWN = 20

export interface HomeWorld {
  readonly read: ReadChart
  readonly histories: RankHistories
}

/** @param world the newest chart of the world; absent where none is published. */
export function homePage(world: HomeWorld | undefined, { regions, genres }: HomeRegions, locale: Locale): Page {
  const { home } = locale.texts
  const djs = new Map(regions.country.map(({ code, djs }) => [code, djs]))
  const body = html`<div class="hero">
<div class="hero-words">
<h1>${home.heading}</h1>
<p class="lead">${home.lead}</p>
${world !== undefined && weekFacts(world.read, locale)}
</div>
${worldMap(djs, locale)}
</div>
${world === undefined ? html`<p class="notice">${home.none}</p>` : worldChart(world, locale)}
${genreBars(genres, locale)}
${regionLists(regions, locale)}`
  return { title: home.title, description: home.description, body, canonicalPath: '/' }
}

function weekFacts({ chart: { chart }, period }: ReadChart, locale: Locale): Html {
  const { texts, formats } = locale
  return html`<dl class="facts">
<div><dt>${texts.home.thisWeek}</dt><dd>${namesIn(locale).periodDates(period)}</dd></div>
<div><dt>${texts.chart.djs}</dt><dd>${formats.count(chart.djs)}</dd></div>
<div><dt>${texts.chart.plays}</dt><dd>${formats.count(chart.plays)}</dd></div>
</dl>`
}

function worldChart({ read, histories }: HomeWorld, locale: Locale): Html {
  const { home } = locale.texts
  const { chart, entries } = read.chart
  const shown = entries.slice(0, ENTRIES_SHOWN)
  const path = locale.link(chartPath(WORLD, 'all', chart.period))
  return html`<section class="with-side home-chart">
<div>
<h2>${home.worldChart}, ${namesIn(locale).period(chart.period)}</h2>
${chartTable({ entries: shown, caption: home.caption(shown.length, entries.length), kind: read.period.kind, histories }, locale)}
<p class="after-table"><a class="button" href="${path}">${home.wholeChart}</a></p>
</div>
<div class="side">${chartMovers(entries, locale)}</div>
</section>`
}

function regionLists(regions: HomeRegions['regions'], locale: Locale): (Html | false)[] {
  const { home } = locale.texts
  const names = namesIn(locale)
  const lists = [
    [home.continents, regions.continent],
    [home.countries, regions.country],
    [home.subdivisions, regions.subdivision],
  ] as const
  const toLink = ({ code }: Size) => ({ path: chartPath(code, 'all', LATEST), name: names.region(code) })
  return lists.map(([heading, sizes]) => {
    const links = sizes.map(toLink).sort((a, b) => locale.formats.compare(a.name, b.name))
    return chartLinks(heading, links, locale, { shown: links.length })
  })
}
