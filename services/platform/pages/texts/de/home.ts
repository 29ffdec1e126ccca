import { formatsOf } from '../../formats.ts'
import type { Texts } from '../en/english.ts'

const { plural } = formatsOf('de')
const djWords = { one: 'DJ', other: 'DJs' }

export const homeTexts: Texts['home'] = {
  title: 'Charts',
  heading: 'Was DJs wirklich spielen',
  description: 'Charts dessen, was DJs wirklich spielen, nach Region und Genre.',
  lead: 'Charts nach Region und Genre, gemacht aus den Sets, die DJ-Software aufzeichnet: Tracks, die gespielt wurden, nicht gekauft und nicht beworben. Gezählt werden nur DJs, die das wollten, und niemand ist aus den Charts zu erkennen.',
  none: 'Noch sind keine Charts veröffentlicht. Die ersten erscheinen, sobald genug DJs beigetragen haben.',
  thisWeek: 'Diese Woche',
  worldChart: 'Welt',
  caption: (shown, all) => `Die ersten ${shown} von ${all}`,
  wholeChart: 'Die ganzen Charts der Welt',
  climbers: 'Aufsteiger',
  newEntries: 'Neu in den Charts',
  fromTo: (from, to) => `${from} → ${to}`,
  atRank: (rank) => `gleich auf ${rank}`,
  map: 'Karte der Länder mit Charts',
  mapCaption: 'DJs hinter den neuesten Charts jedes Landes',
  regionWithDjs: (region, djs) => `${region}: ${plural(djs, djWords)}`,
  genres: 'Genres nach Größe',
  allGenres: 'Alle Genres mit Charts der Welt',
  scenes: 'Szenen',
  djs: (djs) => plural(djs, djWords),
  continents: 'Kontinente',
  countries: 'Länder',
  subdivisions: 'Bundesländer, Provinzen und Regionen',
}
