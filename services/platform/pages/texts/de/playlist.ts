import { formatsOf } from '../../formats.ts'
import type { Texts } from '../en/english.ts'

const { plural } = formatsOf('de')

export const playlistTexts: Texts['playlist'] = {
  untitled: 'DJ-Set',
  description: (title, dj, date) =>
    dj === null
      ? `${title}: ein DJ-Set vom ${date}, Track für Track.`
      : `${title}: ein DJ-Set von ${dj} vom ${date}, Track für Track.`,
  by: 'von',
  startedAt: 'Beginn',
  length: 'Länge',
  tracks: (count) => plural(count, { one: 'Track', other: 'Tracks' }),
  trackCount: 'Tracks',
  tempoRange: 'Tempo',
  bpm: (from, to) => (from === to ? `${from} BPM` : `${from}–${to} BPM`),
  live: 'Läuft gerade',
  reload: 'Laden, was seitdem gespielt wurde',
  grown: (count) => `Bisher ${plural(count, { one: 'Track', other: 'Tracks' })}.`,
  over: 'Das Set ist zu Ende.',
  timeline: 'Decks',
  timelineSummary: (tracks, decks) => `${tracks} auf ${decks}, von links nach rechts, wie sie gespielt wurden.`,
  decks: (count) => plural(count, { one: 'Deck', other: 'Decks' }),
  deck: (number) => `Deck ${number}`,
  anyDeck: 'Set',
  flow: 'Tempo und Tonart',
  flowSummary: (parts) => parts.join(' '),
  tempoFrom: (from, to) => `Das Tempo liegt zwischen ${from} und ${to} BPM.`,
  harmonic: (fitting, all) =>
    `${fitting} von ${plural(all, { one: 'Übergang bleibt', other: 'Übergängen bleiben' })} in benachbarten Tonarten.`,
  tempoAxis: 'BPM',
  keyAxis: 'Tonart',
  keyHint:
    'Die Tonart steht als Zahl auf dem Camelot-Rad: Nachbarn passen zueinander. Gefüllt ist Moll, offen ist Dur.',
  list: 'Trackliste',
  at: 'Bei',
  titleAndArtist: 'Titel und Interpret',
  remixer: 'Remixer',
  label: 'Label',
  key: 'Tonart',
  played: 'Gespielt',
  deckColumn: 'Deck',
  unknownTitle: 'Unbekannter Titel',
  unknownArtist: 'Unbekannter Interpret',
  imageOf: (title) => `${title}, als Linie des Tempos über die Zeit`,
}
