/**
 * A chart for programs that read pages: schema.org's `ItemList` of recordings.
 * @module
 */
import type { Chart } from '#schemas/records/chart.ts'
import { chartPath } from '../pages/names.ts'
import { type MusicRecording, musicRecording } from './music-recording.ts'

export interface ChartData {
  readonly '@context': 'https://schema.org'
  readonly '@type': 'ItemList'
  readonly name: string
  readonly url: string
  readonly numberOfItems: number
  readonly itemListOrder: 'https://schema.org/ItemListOrderAscending'
  readonly itemListElement: readonly {
    readonly '@type': 'ListItem'
    readonly position: number
    readonly item: MusicRecording
  }[]
}

export function chartData({ chart, entries }: Chart, name: string, origin: string): ChartData {
  return {
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    name,
    url: `${origin}${chartPath(chart.region, chart.genre, chart.period)}`,
    numberOfItems: entries.length,
    itemListOrder: 'https://schema.org/ItemListOrderAscending',
    itemListElement: entries.map(({ rank, track }) => ({
      '@type': 'ListItem',
      position: rank,
      item: musicRecording(track, origin),
    })),
  }
}
