/**
 * The image of a chart: its first five places.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { ChartEntry } from '#schemas/records/chart.ts'
import { IMAGE_WIDTH } from './image-size.ts'
import { colours, MARGIN, pageImage, words } from './page-image.ts'

const PLACES = 5
const TOP = 356
const ROW_HEIGHT = 50

export function chartImage(title: string, facts: string, entries: readonly ChartEntry[]): Html {
  return pageImage({ title, lines: [facts], picture: entries.slice(0, PLACES).map(place) })
}

function place({ rank, track }: ChartEntry, index: number): Html {
  const y = TOP + index * ROW_HEIGHT
  const row = { y, sizePx: 30, weight: 600 as const }
  return html`${words(String(rank), { ...row, fill: colours.accent })}${words(`${track.artist} – ${track.title}`, {
    ...row,
    x: MARGIN + 56,
    fill: colours.ink,
    widthMax: IMAGE_WIDTH - 2 * MARGIN - 56,
  })}`
}
