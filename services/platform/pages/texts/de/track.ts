import { formatsOf } from '../../formats.ts'
import type { Texts } from '../en/english.ts'

const { plural } = formatsOf('de')

export const trackTexts: Texts['track'] = {
  title: (track, artist) => `${track} von ${artist}`,
  description: (track) =>
    `Wo ${track} in den Charts dessen steht, was DJs spielen, wie der Track sich bewegt hat und was danach gespielt wird.`,
  best: 'Bester Platz',
  bestAt: (rank, chart) => `${rank} in ${chart}`,
  charts: 'Charts',
  tempo: 'Tempo',
  bpm: (bpm) => `${bpm} BPM`,
  key: 'Tonart',
  plot: 'Platz im Lauf der Zeit',
  plotCaption: 'Platz in den Wochencharts; oben ist Platz 1.',
  plotLabel: (charts) => `Kurve des Platzes im Lauf der Zeit in ${charts}. Die Tabelle darunter hat dieselben Zahlen.`,
  point: (chart, period, rank) => `${chart}, ${period}: ${rank}`,
  ranksAsTable: 'Die Plätze als Tabelle',
  period: 'Zeitraum',
  after: 'Was DJs danach spielen',
  afterNote: 'In den letzten Wochen, auf der ganzen Welt; nur, was genug DJs getan haben.',
  times: (plays) => plural(plays, { one: 'Mal', other: 'Mal' }),
  rose: 'Wo der Track zuerst aufkam',
  roseNote: 'Länder nach der Woche, in der er zuerst in einem ihrer Charts stand.',
  all: 'Alle Charts mit diesem Track',
  chart: 'Charts',
  kind: 'Zeitraum',
  onChart: 'In den Charts',
  newest: 'Neuester',
  onlyPublished: 'Gezeigt werden nur veröffentlichte Charts.',
  json: 'Alle als JSON',
}
