import { formatsOf } from '../../formats.ts'

const { plural } = formatsOf('en')
const tracks = (count: number) => plural(count, { one: 'track', other: 'tracks' })

/** The search over charts. */
export const searchTexts = {
  title: 'Search',
  titleOf: (question: string) => `${question}: search`,
  tracksOf: (name: string) => `Tracks of ${name}`,
  description: 'Tracks, artists and labels on the charts of what DJs really play.',
  field: 'Title, artist or label',
  submit: 'Search',
  hint: 'Case, accents and small errors do not matter. The key / leads here from every page.',
  nothing: 'No chart has a track, an artist or a label like this.',
  tracks: 'Tracks',
  artists: 'Artists',
  labels: 'Labels',
  artist: 'Artist',
  label: 'Label',
  count: tracks,
  found: (of: { readonly tracks: number; readonly artists: number; readonly labels: number }) =>
    `Found: ${tracks(of.tracks)}, ${plural(of.artists, { one: 'artist', other: 'artists' })}, ${plural(of.labels, { one: 'label', other: 'labels' })}.`,
  djs: (count: number) => plural(count, { one: 'DJ', other: 'DJs' }),
  djsHint: 'DJs on the one chart where most play it.',
  suggestions: 'Suggestions',
}
