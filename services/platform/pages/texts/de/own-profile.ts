import type { Texts } from '../en/english.ts'

export const ownProfileTexts: Texts['ownProfile'] = {
  profileTitle: 'Profil',
  profileLead: 'Alles davon ist freiwillig.',
  displayName: 'Anzeigename',
  displayNameHint: 'Steht bei Sets, die du öffentlich machst, und sonst nirgends.',
  location: 'Wo du spielst',
  country: 'Land',
  noCountry: 'Keine Angabe',
  subdivision: 'Region',
  noSubdivision: 'Das ganze Land',
  subdivisionHint: 'Speichere zuerst das Land; dann stehen seine Regionen hier.',
  city: 'Stadt',
  locationHint: 'Land und Region entscheiden, in welchen Charts deine Tracks zählen. Die Stadt kommt dort nie an.',
  genres: 'Genres, die du bevorzugst',
  pastGenres: 'Hinter die Genres',
  genresHint: 'Höchstens 20. Sie entscheiden, in den Charts welcher Szenen deine Tracks zählen.',
  save: 'Speichern',
  errors: {
    displayName: 'Höchstens 1.000 Zeichen, ohne Steuerzeichen.',
    country: 'Dieses Land und diese Region gehören nicht zusammen.',
    subdivision: 'Dieses Land und diese Region gehören nicht zusammen.',
    city: 'Höchstens 1.000 Zeichen, ohne Steuerzeichen.',
    genrePreferences: 'Höchstens 20 Genres.',
  },
  choicesTitle: 'Entscheidungen',
  choicesLead:
    'Was du hier entscheidest, gilt ab dann, auch für Sets, die schon da sind. Du kannst es jederzeit ändern.',
  /** What is agreed or objected to, whole; its version is in `consent-texts.ts`. */
  consent: {
    charts:
      'Ich bin einverstanden, dass die Tracks meiner Sets, auch der privaten, in öffentlichen Charts gezählt werden. Charts nennen keine DJs und zeigen nur, was genug DJs gespielt haben. Sie verwenden mein Land, meine Region und meine bevorzugten Genres und sonst nichts aus meinem Profil. Ich kann das jederzeit widerrufen: Meine Tracks werden dann sofort herausgenommen, und die Charts folgen in der Zeit, die auf der Seite zum Datenschutz steht. Ein einzelnes Set kann ausgenommen werden.',
    statistics:
      'Aus Tracks, die in Charts zählen, werden Zahlen über viele DJs für Analysen gemacht: welche Tracks, Tonarten und Tempi in welcher Woche gespielt wurden, von mindestens so vielen DJs, dass niemand zu erkennen ist. Du kannst dem widersprechen und trotzdem zu den Charts beitragen.',
    usage:
      'Mit einem Set werden Betriebssystem, Prozessor und Art des Computers aufbewahrt, wenn deine Software sie sendet, und über viele DJs werden Zahlen zu Software und Decks gemacht. Du kannst widersprechen; dann werden diese drei gar nicht aufbewahrt, und du bist in keiner dieser Zahlen.',
  },
  version: (version: string) => `Text ${version}. Er wird mit deiner Entscheidung und ihrer Zeit aufbewahrt.`,
  charts: 'Zu den Charts beitragen',
  chartsOn: 'Du trägst bei.',
  chartsOff: 'Du trägst nicht bei.',
  give: 'Einverstanden, ich trage bei',
  withdraw: 'Widerrufen',
  birthDate: 'Geburtsdatum',
  birthDateHint:
    'Niemand unter 16 darf ein Konto haben. Es wird geprüft und nicht aufbewahrt. Bist du jünger, wird alles gelöscht.',
  birthDateError: 'Ein Datum in der Vergangenheit, etwa 1990-05-17.',
  statistics: 'Statistik',
  statisticsOn: 'Deine Tracks dürfen in diesen Zahlen sein.',
  statisticsOff: 'Du widersprichst: deine Tracks sind in keiner davon.',
  usage: 'System und Nutzung',
  usageOn: 'Sie werden aufbewahrt.',
  usageOff: 'Du widersprichst: sie werden nicht aufbewahrt.',
  object: 'Widersprechen',
  allow: 'Widerspruch zurücknehmen',
}
