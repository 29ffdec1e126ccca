/**
 * What moves on a chart: the entries that climbed furthest, and those that are new, the highest first.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { ChartEntry } from '#schemas/records/chart.ts'
import { trackPath } from './names.ts'

const SHOWN = 6

export function chartMovers(entries: readonly ChartEntry[], locale: Locale): Html {
  const { home } = locale.texts
  const climb = ({ rank, previousRank }: ChartEntry) => (previousRank ?? rank) - rank
  const climbers = entries.filter((entry) => climb(entry) > 0).sort((a, b) => climb(b) - climb(a) || a.rank - b.rank)
  const fresh = entries.filter(({ movement }) => movement === 'new')
  return html`${list(home.climbers, climbers, ({ rank, previousRank }) => home.fromTo(previousRank ?? rank, rank), locale)}
${list(home.newEntries, fresh, ({ rank }) => home.atRank(rank), locale)}`
}

function list(
  heading: string,
  entries: readonly ChartEntry[],
  words: (entry: ChartEntry) => string,
  locale: Locale,
): Html | false {
  return (
    entries.length > 0 &&
    html`<h2>${heading}</h2>
<ol class="movers">
${entries.slice(0, SHOWN).map((entry) => {
  const { track } = entry
  return html`<li class="name"><a href="${locale.link(trackPath(track.id))}"><bdi>${track.title}</bdi></a>
<span class="by"><bdi>${track.artist}</bdi></span> <span class="moved">${words(entry)}</span></li>
`
})}</ol>`
  )
}
