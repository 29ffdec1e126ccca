/**
 * The head of a chart's page: where one is in regions and genres, which period it is, and the ways to others.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { genreOfScene, genresAbove } from '#rules/genres/genre-name.ts'
import type { PeriodKind } from '#rules/periods.ts'
import type { ReadChart } from '../charts/read-chart.ts'
import { type Neighbours, regionsAbove } from '../charts/read-neighbours.ts'
import { chartPath, namesIn } from './names.ts'

const kinds: readonly PeriodKind[] = ['week', 'month', 'year']

export function chartHead(read: ReadChart, neighbours: Neighbours, locale: Locale): Html {
  const { chart, period, validUntilMs } = { ...read, ...read.chart }
  const { texts, formats } = locale
  const names = namesIn(locale)
  const { region, genre } = chart
  const regions = [...regionsAbove(region), region].map((code) => ({
    name: names.region(code),
    isHere: code === region,
    href: neighbours.regionsAbove.includes(code) ? locale.link(chartPath(code, genre, chart.period)) : undefined,
  }))
  const genres = genrePath(genre).map((slug) => ({
    name: names.genre(slug),
    isHere: slug === genre,
    href: neighbours.otherGenres.includes(slug) ? locale.link(chartPath(region, slug, chart.period)) : undefined,
  }))
  return html`<div class="chart-head">
<div class="chart-paths">${path(texts.chart.regionPath, regions)}${path(texts.chart.genrePath, genres)}</div>
<h1>${names.chart(region, genre)}</h1>
<div class="chart-period" data-switch>
${kindSwitch(read, neighbours, locale)}
${stepper(read, locale)}
</div>
<p class="soft">${texts.chart.djsAndPlays(chart.djs, chart.plays)}. <span class="tag">${
    chart.status === 'final' ? texts.chart.final : texts.chart.provisional(formats.date(validUntilMs))
  }</span> <span class="spoken">${names.periodDates(period)}</span></p>
</div>`
}

/** From all genres down to this one; a scene lies under all genres by itself. */
function genrePath(genre: string): string[] {
  if (genre === 'all') return ['all']
  return genreOfScene(genre) === undefined ? ['all', ...genresAbove(genre), genre] : ['all', genre]
}

interface PathStep {
  readonly name: string
  readonly isHere: boolean
  /** Absent where that chart is not published. */
  readonly href: string | undefined
}

function path(label: string, steps: readonly PathStep[]): Html {
  return html`<nav class="path" aria-label="${label}" data-switch><ol>
${steps.map(({ name, isHere, href }) =>
  href === undefined
    ? html`<li><span${isHere && html` aria-current="true"`}>${name}</span></li>\n`
    : html`<li><a href="${href}">${name}</a></li>\n`,
)}</ol></nav>`
}

function kindSwitch({ chart: { chart }, period }: ReadChart, { periods }: Neighbours, { texts, link }: Locale): Html {
  const item = (kind: PeriodKind) => {
    const name = periods[kind]
    const words = texts.chart.kinds[kind]
    if (name === undefined) return html`<li><span>${words}</span></li>\n`
    return html`<li><a href="${link(chartPath(chart.region, chart.genre, name))}" data-key="${kind}"${
      kind === period.kind && html` aria-current="true"`
    }>${words}</a></li>\n`
  }
  return html`<nav aria-label="${texts.chart.kindOfPeriod}"><ul class="choices">
${kinds.map(item)}</ul></nav>`
}

function stepper({ chart: { chart }, period, hasPrevious }: ReadChart, locale: Locale): Html {
  const { texts, link } = locale
  const names = namesIn(locale)
  const step = (name: string, rel: 'prev' | 'next') =>
    html`<a rel="${rel}" data-key="${rel}" href="${link(chartPath(chart.region, chart.genre, name))}" aria-label="${names.period(name)}">${
      rel === 'prev' ? '←' : '→'
    }</a>`
  const none = (sign: string) => html`<span class="none" aria-hidden="true">${sign}</span>`
  return html`<nav class="stepper" aria-label="${texts.chart.step}">
${hasPrevious && chart.previous !== null ? step(chart.previous, 'prev') : none('←')}
<p><strong>${names.period(chart.period)}</strong> <span class="soft">${period.kind === 'week' && names.periodDates(period)}</span></p>
${chart.next === null ? none('→') : step(chart.next, 'next')}
</nav>`
}
