/**
 * How an entry moved since the period before, as a sign and as words.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { ChartEntry } from '#schemas/records/chart.ts'

export function movementMark({ movement, rank, previousRank }: ChartEntry, { texts: { chart } }: Locale): Html {
  const places = Math.abs(rank - (previousRank ?? rank))
  switch (movement) {
    case 'up':
      return mark('up', '▲', chart.up(places))
    case 'down':
      return mark('down', '▼', chart.down(places))
    case 'same':
      return mark('soft', '=', chart.same)
    case 're-entry':
      return mark('new', '↺', chart.back)
    case 'new':
      return mark('new', '★', chart.new)
  }
}

function mark(className: string, sign: string, words: string): Html {
  return html`<span class="move ${className}"><span aria-hidden="true">${sign}</span> ${words}</span>`
}
