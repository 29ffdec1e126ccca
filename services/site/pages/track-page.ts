/**
 * The page of a track: its runs on charts.
 * @module
 */

import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import type { TrackRuns } from '#schemas/records/chart.ts'
import { chartPath, namesIn, trackPath } from './names.ts'

/** Runs and entries a page shows; the JSON has all. */
const RUNS_SHOWN = 100
const ENTRIES_SHOWN = 60

export function trackPage({ track, runs }: TrackRuns, locale: Locale): Page {
  const title = `${track.title} by ${track.artist}`
  const path = trackPath(track.id)
  const body = html`<h1><bdi>${track.title}</bdi></h1>
<p><bdi>${track.artist}</bdi>${track.label !== undefined && html`<span class="soft"> · <bdi>${track.label}</bdi></span>`}</p>
${runs.slice(0, RUNS_SHOWN).map((run) => runTable(run, locale))}
<p class="soft">Only charts that are published are shown. <a href="/v1${path}" type="application/json">All of them as JSON</a></p>`
  return { title, description: `On which charts ${title} is, and where.`, body, canonicalPath: path }
}

function runTable({ region, genre, peakRank, entries }: TrackRuns['runs'][number], locale: Locale): Html {
  const names = namesIn(locale)
  const { count } = locale.formats
  const newestFirst = [...entries].reverse().slice(0, ENTRIES_SHOWN)
  return html`<h2>${names.chart(region, genre)}</h2>
<div class="table"><table>
<caption>Peak rank ${peakRank}, ${entries.length} on chart</caption>
<thead><tr><th scope="col">Period</th><th scope="col" class="number">Rank</th><th scope="col" class="number">DJs</th>
<th scope="col" class="number">Plays</th></tr></thead>
<tbody>
${newestFirst.map(
  ({
    period,
    rank,
    djs,
    plays,
  }) => html`<tr><td><a href="${locale.link(chartPath(region, genre, period))}">${names.period(period)}</a></td>
<td class="number">${rank}</td><td class="number">${count(djs)}</td><td class="number">${count(plays)}</td></tr>
`,
)}</tbody>
</table></div>`
}
