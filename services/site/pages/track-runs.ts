/**
 * Every chart that a track is or was on, as a table; and the countries in the order in which it came up there.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import { parsePeriod } from '#rules/periods.ts'
import { type RegionLevel, regionLevel } from '#rules/regions.ts'
import type { TrackRuns } from '#schemas/records/chart.ts'
import { chartPath, namesIn } from './names.ts'
import { weeklyRuns } from './track-plot.ts'

type Run = TrackRuns['runs'][number]

/** Runs and countries a page shows at once and folded away; the JSON has all. */
const RUNS_SHOWN = 16
const RUNS_MAX = 100
const COUNTRIES_SHOWN = 10

const levels: readonly (RegionLevel | undefined)[] = ['world', 'continent', 'country', 'subdivision']

/** Wide regions first, and in them the charts that the track was longest on. */
export function runsTable(runs: readonly Run[], locale: Locale): Html {
  const level = ({ region }: Run) => levels.indexOf(regionLevel(region))
  const sorted = [...runs].sort(
    (a, b) => level(a) - level(b) || b.entries.length - a.entries.length || a.peakRank - b.peakRank,
  )
  const rest = sorted.slice(RUNS_SHOWN, RUNS_MAX)
  return html`${table(sorted.slice(0, RUNS_SHOWN), locale)}${
    rest.length > 0 &&
    html`
<details><summary>${locale.texts.chart.more(rest.length)}</summary>${table(rest, locale)}</details>`
  }`
}

function table(runs: readonly Run[], locale: Locale): Html {
  const { track, chart } = locale.texts
  return html`<div class="table"><table class="runs">
<thead><tr><th scope="col">${track.chart}</th><th scope="col" class="wide-only">${track.kind}</th>
<th scope="col" class="number">${chart.peak}</th><th scope="col" class="number wide-only">${track.onChart}</th>
<th scope="col">${track.newest}</th><th scope="col" class="number">${chart.rank}</th>
<th scope="col" class="number wide-only">${chart.djs}</th><th scope="col" class="number wide-only">${chart.plays}</th></tr></thead>
<tbody>
${runs.map((run) => runRow(run, locale))}</tbody>
</table></div>`
}

function runRow({ region, genre, peakRank, entries }: Run, locale: Locale): Html | false {
  const names = namesIn(locale)
  const { count } = locale.formats
  const newest = entries.at(-1)
  if (newest === undefined) return false
  const kind = parsePeriod(newest.period)?.kind ?? 'week'
  return html`<tr><th scope="row">${names.chart(region, genre)}</th><td class="wide-only">${locale.texts.chart.kinds[kind]}</td>
<td class="number strong">${peakRank}</td><td class="number wide-only">${count(entries.length)}</td>
<td><a href="${locale.link(chartPath(region, genre, newest.period))}">${names.period(newest.period)}</a></td>
<td class="number">${newest.rank}</td><td class="number wide-only">${count(newest.djs)}</td><td class="number wide-only">${count(newest.plays)}</td></tr>
`
}

/** Countries by the week of the first entry on any of their weekly charts; nothing where there is none. */
export function firstCountries(runs: readonly Run[], locale: Locale): Html | false {
  const first = new Map<string, { period: string; genre: string }>()
  for (const { region, genre, entries } of weeklyRuns(runs)) {
    const period = entries[0]?.period
    if (period === undefined || regionLevel(region) !== 'country') continue
    const known = first.get(region)
    if (known === undefined || period < known.period) first.set(region, { period, genre })
  }
  if (first.size === 0) return false
  const names = namesIn(locale)
  const earliest = [...first].sort(([, a], [, b]) => (a.period < b.period ? -1 : Number(a.period > b.period)))
  return html`<section>
<h2>${locale.texts.track.rose}</h2>
<p class="soft small">${locale.texts.track.roseNote}</p>
<ol class="pairs">
${earliest.slice(0, COUNTRIES_SHOWN).map(
  ([region, { period, genre }]) =>
    html`<li><a href="${locale.link(chartPath(region, genre, period))}">${names.region(region)}</a> <span class="soft">${names.period(period)}</span></li>
`,
)}</ol>
</section>`
}
