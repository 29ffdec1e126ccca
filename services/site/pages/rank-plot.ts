/**
 * A track's rank over time on a few charts, as a plot with axes. First place is at the top, and the places near it lie
 * further apart, as in the small lines of a chart's table. What it shows stands in a table too.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { nextPeriod, type Period } from '#rules/periods.ts'

const WIDTH = 760
const HEIGHT = 320
const LEFT = 44
const RIGHT = 14
const TOP = 14
const BOTTOM = 34

const RANK_MAX = 100
const gridRanks = [1, 2, 5, 10, 20, 50, 100]
/** As many words as there is room for below. */
const TIME_LABELS_MAX = 7

export interface PlotSeries {
  readonly name: string
  /** Rank by period. */
  readonly ranks: ReadonlyMap<string, number>
}

/**
 * @param periods one after the other, without gaps
 * @param series at most six, which is as many as one tells apart
 */
export function rankPlot(periods: readonly Period[], series: readonly PlotSeries[], locale: Locale): Html {
  const { texts, formats } = locale
  const label = texts.track.plotLabel(formats.list(series.map(({ name }) => name)))
  return html`<figure class="plot">
<div class="plot-scroll" role="group" aria-label="${texts.track.plot}" tabindex="0">
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">
${gridRanks.map(gridLine)}
${timeLabels(periods, locale)}
${series.map((one, index) => line(one, index + 1, periods, locale))}</svg>
</div>
<figcaption><ul class="plot-key">
${series.map(
  ({ name }, index) =>
    html`<li><svg class="series-${index + 1}" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true"><path d="M1 4h26"/></svg> ${name}</li>\n`,
)}</ul>
<p class="soft">${texts.track.plotCaption}</p></figcaption>
</figure>`
}

function gridLine(rank: number): Html {
  const y = yOf(rank)
  return html`<path class="grid" d="M${LEFT} ${y}H${WIDTH - RIGHT}"/><text class="rank-label" x="${LEFT - 8}" y="${y + 4}">${rank}</text>\n`
}

function timeLabels(periods: readonly Period[], { formats }: Locale): Html[] {
  const every = Math.max(1, Math.ceil(periods.length / TIME_LABELS_MAX))
  return periods.flatMap(({ startMs }, index) =>
    index % every === 0
      ? [
          html`<text class="time-label" x="${xOf(index, periods.length)}" y="${HEIGHT - 10}">${formats.shortDate(startMs)}</text>\n`,
        ]
      : [],
  )
}

function line({ ranks, name }: PlotSeries, number: number, periods: readonly Period[], locale: Locale): Html {
  let isDrawing = false
  let path = ''
  const dots: Html[] = []
  for (const [index, { name: period }] of periods.entries()) {
    const rank = ranks.get(period)
    if (rank !== undefined) {
      const x = xOf(index, periods.length)
      const y = yOf(rank)
      path += `${isDrawing ? 'L' : 'M'}${x} ${y}`
      const [, week = period] = period.split('-W')
      const words = locale.texts.track.point(name, locale.texts.chart.week(Number(week), period.slice(0, 4)), rank)
      dots.push(html`<circle class="point" cx="${x}" cy="${y}" r="4"><title>${words}</title></circle>`)
    }
    isDrawing = rank !== undefined
  }
  return html`<g class="series-${number}"><path d="${path}"/>${dots}</g>\n`
}

function xOf(index: number, length: number): number {
  // A single period stands in the middle.
  const share = length === 1 ? 0.5 : index / (length - 1)
  return Math.round(LEFT + 16 + (WIDTH - LEFT - RIGHT - 32) * share)
}

function yOf(rank: number): number {
  return Math.round(TOP + ((HEIGHT - TOP - BOTTOM) * Math.log(rank)) / Math.log(RANK_MAX))
}

/** All periods from the first to the last. */
export function periodsBetween(first: Period, last: Period, max: number): Period[] {
  const periods = [first]
  for (let next = nextPeriod(first); next.startMs <= last.startMs; next = nextPeriod(next)) periods.push(next)
  return periods.slice(-max)
}
