import { formatsOf } from '../../formats.ts'
import type { Texts } from '../en/english.ts'

const { plural } = formatsOf('de')
const tracks = (count: number) => plural(count, { one: 'Track', other: 'Tracks' })

export const searchTexts: Texts['search'] = {
  title: 'Suche',
  titleOf: (question) => `${question}: Suche`,
  tracksOf: (name) => `Tracks von ${name}`,
  description: 'Tracks, Interpreten und Labels in den Charts dessen, was DJs wirklich spielen.',
  field: 'Titel, Interpret oder Label',
  submit: 'Suchen',
  hint: 'Groß und klein, Akzente und kleine Fehler sind gleich. Die Taste / führt von jeder Seite hierher.',
  nothing: 'Kein Chart hat einen Track, einen Interpreten oder ein Label, das so heißt.',
  tracks: 'Tracks',
  artists: 'Interpreten',
  labels: 'Labels',
  artist: 'Interpret',
  label: 'Label',
  count: tracks,
  found: (of) =>
    `Gefunden: ${tracks(of.tracks)}, ${plural(of.artists, { one: 'Interpret', other: 'Interpreten' })}, ${plural(of.labels, { one: 'Label', other: 'Labels' })}.`,
  djs: (count) => plural(count, { one: 'DJ', other: 'DJs' }),
  djsHint: 'DJs in dem einen Chart, in dem die meisten ihn spielen.',
  suggestions: 'Vorschläge',
}
