import { formatsOf } from '../../formats.ts'

const { plural } = formatsOf('en')

/** The page of a public session. */
export const playlistTexts = {
  untitled: 'DJ set',
  description: (title: string, dj: string | null, date: string) =>
    dj === null
      ? `${title}: a DJ set of ${date}, track by track.`
      : `${title}: a DJ set by ${dj} of ${date}, track by track.`,
  by: 'by',
  startedAt: 'Start',
  length: 'Length',
  tracks: (count: number) => plural(count, { one: 'track', other: 'tracks' }),
  trackCount: 'Tracks',
  tempoRange: 'Tempo',
  bpm: (from: string, to: string) => (from === to ? `${from} BPM` : `${from}–${to} BPM`),
  live: 'Playing now',
  reload: 'Load what was played since',
  grown: (count: number) => `${plural(count, { one: 'track', other: 'tracks' })} so far.`,
  over: 'The set is over.',
  timeline: 'Decks',
  timelineSummary: (tracks: string, decks: string) => `${tracks} on ${decks}, from left to right as they were played.`,
  decks: (count: number) => plural(count, { one: 'deck', other: 'decks' }),
  deck: (number: number) => `Deck ${number}`,
  anyDeck: 'Set',
  flow: 'Tempo and key',
  flowSummary: (parts: readonly string[]) => parts.join(' '),
  tempoFrom: (from: string, to: string) => `The tempo lies between ${from} and ${to} BPM.`,
  harmonic: (fitting: number, all: number) =>
    `${fitting} of ${plural(all, { one: 'change of track stays', other: 'changes of track stay' })} within neighbouring keys.`,
  tempoAxis: 'BPM',
  keyAxis: 'Key',
  keyHint: 'The key is its number on the Camelot wheel: neighbouring numbers fit. Filled is minor, open is major.',
  list: 'Track list',
  at: 'At',
  titleAndArtist: 'Title and artist',
  remixer: 'Remixer',
  label: 'Label',
  key: 'Key',
  played: 'Played',
  deckColumn: 'Deck',
  unknownTitle: 'Unknown title',
  unknownArtist: 'Unknown artist',
  imageOf: (title: string) => `${title}, as a line of tempo over time`,
}
