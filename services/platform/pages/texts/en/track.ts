import { formatsOf } from '../../formats.ts'

const { plural } = formatsOf('en')

/** The page of a track. */
export const trackTexts = {
  title: (track: string, artist: string) => `${track} by ${artist}`,
  description: (track: string) =>
    `Where ${track} is on the charts of what DJs play, how it moved, and what is played after it.`,
  best: 'Best place',
  bestAt: (rank: number, chart: string) => `${rank} in ${chart}`,
  charts: 'Charts',
  tempo: 'Tempo',
  bpm: (bpm: string) => `${bpm} BPM`,
  key: 'Key',
  plot: 'Rank over time',
  plotCaption: 'Place on weekly charts; the top of the plot is the top of a chart.',
  plotLabel: (charts: string) => `Plot of the rank over time on ${charts}. The table below it has the same numbers.`,
  point: (chart: string, period: string, rank: number) => `${chart}, ${period}: ${rank}`,
  ranksAsTable: 'The ranks as a table',
  period: 'Period',
  after: 'What DJs play after it',
  afterNote: 'Over the last weeks, all over the world; only what enough DJs did.',
  times: (plays: number) => plural(plays, { one: 'time', other: 'times' }),
  rose: 'Where it rose first',
  roseNote: 'Countries by the week in which it first stood on one of their charts.',
  all: 'All charts it is on',
  chart: 'Chart',
  kind: 'Period',
  onChart: 'On chart',
  newest: 'Newest',
  onlyPublished: 'Only charts that are published are shown.',
  json: 'All of them as JSON',
}
