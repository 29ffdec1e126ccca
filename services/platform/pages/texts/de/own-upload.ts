import type { Texts } from '../en/english.ts'

export const ownUploadTexts: Texts['ownUpload'] = {
  title: 'Verlaufsdateien hochladen',
  lead: 'Serato DJ führt für jedes Set eine Datei. Gelesen wird sie hier, in deinem Browser: Ordner, Kommentare und alles andere, was nicht aufbewahrt wird, verlassen deinen Computer nie.',
  where:
    'Du findest sie im Ordner Music/_Serato_/History, mit Namen wie 86.session und history.database. Du kannst den ganzen Ordner nehmen; nimmst du ihn später noch einmal, wird nur gesendet, was neu ist.',
  drop: 'Ziehe Dateien oder den Ordner hierher',
  or: 'oder',
  choose: 'Dateien wählen',
  makePublic: 'Die neuen Sets öffentlich machen',
  makePublicHint: 'Sonst sind sie privat. Beides lässt sich später für jedes Set ändern.',
  noScript:
    'Damit die Dateien hier gelesen werden, muss dein Browser die Skripte dieser Seite ausführen. Ohne sie tut das Programm dasselbe:',
  commandLine: 'Auf der Kommandozeile',
  commandLineText: 'Dasselbe ohne Browser, mit einem Token anstelle von TOKEN:',
  noToken:
    'Zum Hochladen wird hier ein Token gebraucht, das die API annimmt, und der Identitätsanbieter hat bei deiner Anmeldung keines gegeben, oder es ist abgelaufen. Melde dich ab und wieder an; hilft das nicht, müssen die Betreiber beim Anbieter die Audience und den Scope „dj“ einrichten. Deine DJ-Software und das Programm unten können mit einem eigenen Token hochladen.',
  script: {
    progress: '{done} von {all} Dateien',
    waiting: 'Der Dienst ist beschäftigt: gleich noch ein Versuch',
    finished: 'Fertig: {sent} gesendet, {skipped} schon da, {refused} abgelehnt.',
    stopped: 'Abgebrochen: {reason} Gib die Dateien noch einmal, dann geht es weiter, wo es aufhörte.',
    toSessions: 'Zu deinen Sets',
    nothing: 'Darunter ist keine Verlaufsdatei.',
    sent: 'Gesendet: {tracks} Tracks',
    unchanged: 'Schon da',
    'older-copy': 'Eine ältere Kopie von einem, das da ist',
    'no-plays': 'Enthält nichts Gespieltes',
    'not-a-serato-file': 'Ist keine Verlaufsdatei von Serato DJ',
    'no-start-time': 'Sagt nirgends, wann es begann',
    'too-many-tracks': 'Hat mehr als 5.000 Tracks',
    'file-too-large': 'Ist zu groß für eine Verlaufsdatei',
    'unreadable-file': 'Lässt sich nicht lesen',
    damaged: ', um beschädigte Stellen herum gelesen',
    refused: 'Vom Dienst abgelehnt: {reason}',
    'signed-out': 'du bist nicht mehr angemeldet.',
    unreachable: 'der Dienst ist nicht erreichbar.',
  },
}
