/**
 * The small line of a track's ranks beside its entry: the top of the chart is the top of the line, and the places near the
 * top lie further apart, for one up from third is more than one up from ninetieth.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'

const WIDTH = 88
const HEIGHT = 22
/** Room for the dot at the end. */
const MARGIN = 3
const RANK_MAX = 100

export function rankLine(ranks: readonly (number | undefined)[], { texts }: Locale): Html {
  const points = ranks.map((rank, index) =>
    rank === undefined ? undefined : { x: xOf(index, ranks.length), y: yOf(rank) },
  )
  const last = points.at(-1)
  const label = texts.chart.historyOf(ranks.map((rank) => rank ?? texts.chart.offChart).join(', '))
  return html`<svg class="rank-line" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img"><title>${label}</title>
<path d="${pathOf(points)}"/>${last !== undefined && html`<circle cx="${last.x}" cy="${last.y}" r="2.5"/>`}</svg>`
}

/** A piece of line for each run without a gap; a rank alone is a short stroke. */
function pathOf(points: readonly ({ x: number; y: number } | undefined)[]): string {
  return points
    .map((point, index) => {
      if (point === undefined) return ''
      const isStart = points[index - 1] === undefined
      const isAlone = isStart && points[index + 1] === undefined
      return `${isStart ? 'M' : 'L'}${point.x} ${point.y}${isAlone ? 'h.1' : ''}`
    })
    .join('')
}

function xOf(index: number, length: number): number {
  return rounded(MARGIN + ((WIDTH - 2 * MARGIN) * index) / Math.max(1, length - 1))
}

function yOf(rank: number): number {
  return rounded(MARGIN + ((HEIGHT - 2 * MARGIN) * Math.log(Math.min(rank, RANK_MAX))) / Math.log(RANK_MAX))
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10
}
