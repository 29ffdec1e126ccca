/**
 * The image of a chart: its first five places.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { ChartEntry, ChartHead } from '#schemas/records/chart.ts'
import { namesIn } from '../pages/names.ts'
import { IMAGE_WIDTH } from './image-size.ts'
import { colours, MARGIN, pageImage, words } from './page-image.ts'

const PLACES = 5
const TOP = 356
const ROW_HEIGHT = 50

export function chartImage(chart: ChartHead, entries: readonly ChartEntry[], locale: Locale): Html {
  const names = namesIn(locale)
  const facts = `${names.period(chart.period)} · ${locale.texts.chart.djsAndPlays(chart.djs, chart.plays)}`
  return pageImage({
    title: names.chart(chart.region, chart.genre),
    lines: [facts],
    picture: entries.slice(0, PLACES).map(place),
  })
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
