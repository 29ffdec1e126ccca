import { formatsOf } from '../../formats.ts'
import type { Texts } from '../en/english.ts'

const { count, plural } = formatsOf('de')
const djWords = { one: 'DJ', other: 'DJs' }

export const chartTexts: Texts['chart'] = {
  allGenres: 'Alle Genres',
  scene: (genre) => `${genre}-Szene`,
  week: (number, year) => `Woche ${number}/${year}`,
  kinds: { week: 'Woche', month: 'Monat', year: 'Jahr' },
  title: (genre, region) => `${genre}, ${region}`,
  description: (chart, period, first) =>
    `Was DJs am meisten gespielt haben: ${chart}, ${period}.${first === undefined ? '' : ` Platz 1: ${first}.`}`,
  regionPath: 'Region',
  genrePath: 'Genre',
  kindOfPeriod: 'Art des Zeitraums',
  step: 'Einen Zeitraum vor oder zurück',
  djsAndPlays: (djs, plays) =>
    `${plural(djs, djWords)} und ${plural(plays, { one: 'gezähltes Mal gespielt', other: 'gezählte Male gespielt' })}`,
  provisional: (until) => `Vorläufig bis ${until}`,
  final: 'Endgültig',
  caption: 'Geordnet nach DJs, dann danach, wie oft gespielt',
  noEntries: 'Kein Track wurde von genug DJs gespielt, um hier zu stehen.',
  rank: 'Platz',
  change: 'Änderung',
  track: 'Titel und Künstler',
  label: 'Label',
  history: 'Verlauf',
  djs: 'DJs',
  plays: 'Gespielt',
  peak: 'Bester',
  onChart: { week: 'Wochen', month: 'Monate', year: 'Jahre' },
  up: (places) => `${places} hoch`,
  down: (places) => `${places} runter`,
  same: 'gleich',
  new: 'neu',
  back: 'zurück',
  historyOf: (ranks) => `Plätze, älteste zuerst: ${ranks}`,
  offChart: 'keiner',
  around: 'Charts rund um diese',
  regionsWithin: (region) => `In ${region}`,
  genresWithin: (genre) => `In ${genre}`,
  genres: 'Genres',
  scenes: 'Szenen',
  more: (number) => `${count(number)} weitere`,
  aboutTitle: 'So liest man diese Charts',
  aboutMinimum: (minimum) =>
    `Charts und Einträge, hinter denen weniger als ${plural(minimum, djWords)} stehen, werden nicht gezeigt, damit niemand aus ihnen zu erkennen ist.`,
  aboutCounting: 'Ein Track zählt in einem Set einmal, und nur, wenn sein DJ beitragen wollte.',
  aboutScene: 'Eine Szene ist, was DJs spielen, die ein Genre bevorzugen, welches Genre der Track auch hat.',
  aboutProvisional: 'Sie sind vorläufig: Sets aus diesem Zeitraum kommen noch herein.',
  aboutFinal: 'Sie sind endgültig: Es ist wenig Änderung zu erwarten, aber Korrekturen kommen noch.',
  aboutRevision: (revision, builtAt) => `Dies ist Fassung ${count(revision)}, erstellt ${builtAt} UTC.`,
  downloads: 'Zum Mitnehmen',
  feed: 'Feed neuer Charts',
}
