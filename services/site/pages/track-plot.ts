/**
 * Where a track stood week by week: a plot of the charts that it was longest on, with the same numbers as a table.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { genreOfScene } from '#rules/genres/genre-name.ts'
import { parsePeriod } from '#rules/periods.ts'
import { WORLD } from '#rules/regions.ts'
import type { TrackRuns } from '#schemas/records/chart.ts'
import { namesIn } from './names.ts'
import { type PlotSeries, periodsBetween, rankPlot } from './rank-plot.ts'

type Run = TrackRuns['runs'][number]

const SERIES_MAX = 6
const GENRES_SHOWN = 2
const WEEKS_MAX = 52

/** The runs on weekly charts. */
export function weeklyRuns(runs: readonly Run[]): Run[] {
  return runs.filter(({ entries }) => parsePeriod(entries[0]?.period ?? '')?.kind === 'week')
}

/** Nothing for a track that no weekly chart has. */
export function trackPlot(runs: readonly Run[], locale: Locale): Html | false {
  const names = namesIn(locale)
  const shown = chooseRuns(weeklyRuns(runs))
  const weeks = shown.flatMap(({ entries }) => entries.flatMap(({ period }) => parsePeriod(period) ?? []))
  weeks.sort((a, b) => a.startMs - b.startMs)
  const first = weeks[0]
  const last = weeks.at(-1)
  if (first === undefined || last === undefined) return false
  const periods = periodsBetween(first, last, WEEKS_MAX)
  const series = shown.map(({ region, genre, entries }) => ({
    name: names.chart(region, genre),
    ranks: new Map(entries.map(({ period, rank }) => [period, rank])),
  }))
  return html`<section>
<h2>${locale.texts.track.plot}</h2>
${rankPlot(periods, series, locale)}
<details><summary>${locale.texts.track.ranksAsTable}</summary>
${ranksTable(
  periods.map(({ name }) => name),
  series,
  locale,
)}</details>
</section>`
}

/** The world, two of its genres, and regions: charts that differ, rather than six that are nearly the same. */
function chooseRuns(runs: readonly Run[]): Run[] {
  const longestFirst = [...runs].sort((a, b) => b.entries.length - a.entries.length || a.peakRank - b.peakRank)
  const ofWorld = longestFirst.filter(({ region }) => region === WORLD)
  const all = ({ genre }: Run) => genre === 'all'
  const isScene = ({ genre }: Run) => genreOfScene(genre) !== undefined
  const best = [
    ...ofWorld.filter(all),
    ...ofWorld.filter((run) => !all(run) && !isScene(run)).slice(0, GENRES_SHOWN),
    ...longestFirst.filter((run) => all(run) && run.region !== WORLD),
  ].slice(0, SERIES_MAX)
  const rest = longestFirst.filter((run) => !best.includes(run))
  return best.length > 0 ? best : rest.slice(0, SERIES_MAX)
}

function ranksTable(periods: readonly string[], series: readonly PlotSeries[], locale: Locale): Html {
  const names = namesIn(locale)
  const newestFirst = [...periods].reverse()
  return html`<div class="table" role="group" aria-label="${locale.texts.track.ranksAsTable}" tabindex="0"><table>
<thead><tr><th scope="col">${locale.texts.track.period}</th>${series.map(
    ({ name }) => html`<th scope="col" class="number">${name}</th>`,
  )}</tr></thead>
<tbody>
${newestFirst.map(
  (period) =>
    html`<tr><th scope="row">${names.period(period)}</th>${series.map(
      ({ ranks }) => html`<td class="number">${ranks.get(period) ?? '–'}</td>`,
    )}</tr>\n`,
)}</tbody>
</table></div>`
}
