import type { Texts } from '../en/english.ts'

export const ownDataTexts: Texts['ownData'] = {
  title: 'Deine Daten',
  exportTitle: 'Alles mitnehmen',
  exportText:
    'Eine Datei (JSON) mit allem, was zu deinem Konto gespeichert ist: Profil, jede Änderung einer Entscheidung mit Zeit und Text, und jedes Set. Sie kann wieder hochgeladen werden.',
  exportButton: 'Herunterladen',
  eraseTitle: 'Das Konto löschen',
  eraseText:
    'Alles geht: Sets, Profil, Entscheidungen und dein Anteil an allen Charts. Du bekommst eine Quittung, mit der du verfolgen kannst, bis nichts mehr da ist. Niemand kann es zurückholen, auch wir nicht.',
  toErase: 'Alles löschen',
  confirmTitle: 'Alles löschen?',
  confirmText: 'Du wirst abgemeldet. Lade deine Daten vorher herunter, wenn du sie behalten willst.',
  understood: 'Ich verstehe, dass nichts zurückgeholt werden kann.',
  notUnderstood: 'Setze zuerst diesen Haken.',
  eraseYes: 'Jetzt alles löschen',
  eraseNo: 'Das Konto behalten',
  receiptTitle: 'Quittung einer Löschung',
  receiptText:
    'Behalte die Adresse dieser Seite: Sie ist deine Quittung, und wer sie hat, kann lesen, wie weit die Löschung ist. Sie sagt nichts darüber, wer du warst. Sie ist ein Jahr lang lesbar, nachdem die Löschung fertig ist.',
  states: {
    accepted: 'Angenommen. Sie ist dauerhaft vermerkt, und deine Zeilen gehen gleich.',
    erased:
      'Gelöscht. Keine Zeile von dir ist übrig und nichts auf der Platte. Charts, an denen du Anteil hattest, werden neu gemacht.',
    complete: 'Fertig. Nichts von dir ist übrig, und alle Charts sind ohne dich gemacht.',
  },
  state: 'Stand',
  acceptedAt: 'Verlangt',
  erasedAt: 'Gelöscht',
  completedAt: 'Fertig',
  logExpiresAt: 'Aus dem Protokoll der Ereignisse verschwunden',
  notYet: 'Noch nicht',
  rowsLeft: 'Übrige Zeilen',
  table: 'Tabelle',
  rows: 'Zeilen',
  notCounted: 'Sie werden gezählt, sobald sie weg sind.',
  chartsRebuilt: { one: 'Chart wurde ohne dich neu gemacht.', other: 'Charts wurden ohne dich neu gemacht.' },
  again: 'Noch einmal nachsehen',
}
