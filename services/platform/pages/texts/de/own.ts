import type { Texts } from '../en/english.ts'

export const ownTexts: Texts['own'] = {
  parts: 'Deine Seiten',
  overview: 'Überblick',
  sessions: 'Sets',
  upload: 'Hochladen',
  profile: 'Profil',
  choices: 'Entscheidungen',
  data: 'Deine Daten',
  signOut: 'Abmelden',
  saved: 'Gespeichert.',
  pending: 'Wird gespeichert: es ist sicher und erscheint hier gleich.',
  refused: 'Es wurde nichts geändert: siehe die Felder unten.',
  welcome: 'Deine Sets und Charts',
  welcomeTo: 'Willkommen,',
  newest: 'Neueste Sets',
  allSessions: 'Alle Sets',
  contributing: 'Deine Tracks zählen in den Charts.',
  notContributing: 'Deine Tracks sind in keinen Charts.',
  changeChoices: 'Entscheidungen ändern',
  toChoices: 'Sieh, was es bedeutet, und entscheide',
  closed: {
    'account-erased':
      'Dieses Konto wurde gelöscht und nimmt keine Sets an. Du kannst neu beginnen; von dem, was vorher da war, kommt nichts zurück.',
    'account-blocked':
      'Dieses Konto ist von den Betreibern gesperrt: es nimmt nichts an, bis sie die Sperre aufheben. Du kannst weiter alles sehen, mitnehmen und löschen, was gespeichert ist.',
    'under-age':
      'Tonearm ist für Menschen ab 16. Nach dem angegebenen Geburtsdatum bist du jünger; darum wird alles gelöscht, was zu diesem Konto gespeichert war, und es nimmt keine Sets an. War das Datum falsch, wende dich an die Betreiber.',
  },
  beginAnew: 'Neu beginnen',
}
