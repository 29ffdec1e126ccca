/**
 * The entries of a chart as a table.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { PeriodKind } from '#rules/periods.ts'
import type { ChartEntry } from '#schemas/records/chart.ts'
import type { RankHistories } from '../charts/read-rank-histories.ts'
import { movementMark } from './movement.ts'
import { trackPath } from './names.ts'
import { rankLine } from './rank-line.ts'

export interface ChartTableOptions {
  readonly entries: readonly ChartEntry[]
  readonly caption: string
  readonly kind: PeriodKind
  readonly histories: RankHistories
}

export function chartTable({ entries, caption, kind, histories }: ChartTableOptions, locale: Locale): Html {
  const { chart } = locale.texts
  if (entries.length === 0) return html`<p>${chart.noEntries}</p>`
  return html`<div class="table"><table class="chart">
<caption>${caption}</caption>
<thead><tr>
<th scope="col" class="number">${chart.rank}</th><th scope="col">${chart.change}</th><th scope="col">${chart.track}</th>
<th scope="col" class="wide-only">${chart.label}</th><th scope="col" class="wide-only">${chart.history}</th>
<th scope="col" class="number">${chart.djs}</th><th scope="col" class="number">${chart.plays}</th>
<th scope="col" class="number wide-only">${chart.peak}</th><th scope="col" class="number wide-only">${chart.onChart[kind]}</th>
</tr></thead>
<tbody>
${entries.map((entry) => entryRow(entry, histories, locale))}</tbody>
</table></div>`
}

// <bdi> keeps a right-to-left title from turning around what stands beside it.
function entryRow(entry: ChartEntry, histories: RankHistories, locale: Locale): Html {
  const { track } = entry
  const { count } = locale.formats
  return html`<tr>
<td class="number rank">${entry.rank}</td><td>${movementMark(entry, locale)}</td>
<td class="name"><a href="${locale.link(trackPath(track.id))}"><bdi>${track.title}</bdi></a> <span class="by"><bdi>${track.artist}</bdi></span></td>
<td class="wide-only label"><bdi>${track.label}</bdi></td><td class="wide-only">${rankLine(histories.get(track.id) ?? [entry.rank], locale)}</td>
<td class="number strong">${count(entry.djs)}</td><td class="number">${count(entry.plays)}</td>
<td class="number wide-only">${entry.peakRank}</td><td class="number wide-only">${count(entry.periodsOnChart)}</td></tr>
`
}
