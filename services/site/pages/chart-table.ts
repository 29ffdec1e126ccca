/**
 * The entries of a chart as a table.
 * @module
 */

import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { ChartEntry } from '#schemas/records/chart.ts'
import { countInWords, trackPath } from './names.ts'

export function chartTable(entries: readonly ChartEntry[], { link }: Locale, caption: string): Html {
  if (entries.length === 0) {
    return html`<p>No track was played by enough DJs to be listed.</p>`
  }
  return html`<div class="table"><table>
<caption>${caption}</caption>
<thead><tr>
<th scope="col" class="number">Rank</th><th scope="col">Change</th><th scope="col">Title and artist</th>
<th scope="col" class="wide-only">Label</th><th scope="col" class="number">DJs</th><th scope="col" class="number">Plays</th>
<th scope="col" class="number wide-only">Peak</th><th scope="col" class="number wide-only">Periods</th>
</tr></thead>
<tbody>
${entries.map((entry) => entryRow(entry, link(trackPath(entry.track.id))))}</tbody>
</table></div>`
}

// <bdi> keeps a right-to-left title from turning around what stands beside it.
function entryRow(entry: ChartEntry, href: string): Html {
  const { track } = entry
  return html`<tr>
<td class="number">${entry.rank}</td><td>${movement(entry)}</td>
<td class="name"><a href="${href}"><bdi>${track.title}</bdi></a><br><bdi>${track.artist}</bdi></td>
<td class="wide-only"><bdi>${track.label ?? ''}</bdi></td><td class="number">${countInWords(entry.djs)}</td>
<td class="number">${countInWords(entry.plays)}</td><td class="number wide-only">${entry.peakRank}</td>
<td class="number wide-only">${entry.periodsOnChart}</td>
</tr>
`
}

function movement({ movement, rank, previousRank }: ChartEntry): Html {
  const places = Math.abs(rank - (previousRank ?? rank))
  switch (movement) {
    case 'up':
      return html`<span class="up">▲ up ${places}</span>`
    case 'down':
      return html`<span class="down">▼ down ${places}</span>`
    case 'same':
      return html`<span class="soft">same</span>`
    case 're-entry':
      return html`<span>back</span>`
    case 'new':
      return html`<span>new</span>`
  }
}
