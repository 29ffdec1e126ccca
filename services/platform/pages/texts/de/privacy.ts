import { suppressionHours } from '#schemas/privacy/labels.ts'
import type { Texts } from '../en/english.ts'

export const privacyTexts: Texts['privacy'] = {
  title: 'Datenschutz',
  description: 'Was gespeichert wird, warum, wie lange, und wer es sieht.',
  lead: 'Deine Sets gehören dir. Sie sind privat, bis du eines öffentlich machst, und sie zählen in Charts nur, wenn du beitragen willst.',
  kept: 'Was gespeichert wird, warum, und wer es sieht',
  ofSession: 'Von einem Set; sonst wird nichts davon gespeichert',
  ofProfile: 'Von deinem Profil; sonst wird nichts davon gespeichert',
  madeOfIt: 'Was daraus gemacht wird, und was die Rechte unten brauchen',
  what: 'Was',
  why: 'Warum',
  who: 'Wer es sieht',
  keptFor: 'Wie lange',
  never: [
    'Was nie gespeichert wird',
    'Ordner und Pfade, Kommentare, Bilder und alle anderen Teile von Musikdateien, dein genauer Standort, deine Adresse im Netz, dein Geburtsdatum und was ein Programm sonst noch sendet, das nicht in den Listen oben steht. Es fällt weg, bevor irgendetwas geschrieben wird. Auch der Name oder die Nummer, mit der du dich anmeldest, wird nicht gespeichert: An ihrer Stelle steht ein Pseudonym, das mit einem geheimen Schlüssel berechnet wird.',
  ],
  charts: (minDjs, minChangedDjs) => [
    'Wie Charts entstehen',
    `Woraus Charts gezählt werden, enthält nicht dein Konto, sondern ein Pseudonym, das mit einem geheimen Schlüssel berechnet und für nichts anderes verwendet wird. Aus deinem Profil kommen nur Region und bevorzugte Genres dorthin, nie die Stadt. Charts und Einträge, hinter denen weniger als ${minDjs} DJs stehen, werden nicht gezeigt, und ein Text nur in einer Form, die mindestens so viele DJs teilen. Eine neue Fassung einer Chart kommt, wenn mindestens ${minChangedDjs} DJs geändert haben, was sie beitragen, damit niemand im Unterschied das Set eines DJs sehen kann. Die Charts sehen alle; sie und Tabellen von Zahlen über genug DJs sind alles, was andere herunterladen können.`,
  ],
  howLong: 'Wie lange',
  howLongRows: (limits, takeBackHours) => [
    [
      'Deine Sets',
      `${limits.sessionMonths} Monate, nachdem deine Software sie zuletzt gesendet hat, wann immer du sie gespielt hast. Wird ein Set noch einmal gesendet, beginnt diese Zeit von vorn.`,
    ],
    [
      'Was in Charts zählt',
      `So lange wie sein Set, und bis du nicht mehr beiträgst: Was du gespielt hast, wird dann sofort aus dem genommen, woraus Charts gezählt werden, und die Charts folgen innerhalb von ${takeBackHours} Stunden.`,
    ],
    [
      'Dein Profil und deine Wahl',
      'Bis du das Konto löschst: Jede Wahl wird mit ihrer Zeit und dem gezeigten Text gespeichert, um sie zu belegen.',
    ],
    ['Was du sendest, auf dem Weg in den Speicher', `${limits.logHours} Stunden.`],
    [
      'Dass ein Konto gelöscht wurde',
      `${suppressionHours(limits)} Stunden, als Pseudonym, damit nichts Älteres von anderswo zurückkommt. Dass es geschlossen oder gesperrt ist, bleibt, bis das endet.`,
    ],
    ['Quittungen von Löschungen und das Protokoll der Betreiber', `${limits.auditDays} Tage.`],
    ['Sicherungen', `${limits.backupDays} Tage.`],
    [
      'Veröffentlichte Charts',
      'Sie bleiben: Sie enthalten keine persönlichen Daten. Haben Sets hinter einer Chart ihre Zeit erreicht, bleibt sie, wie sie ist.',
    ],
  ],
  gone: 'Was du löschst oder ersetzt, ist innerhalb von Sekunden aus jeder Antwort verschwunden, und von der Platte mit dem nächsten Aufräumen.',
  rights: 'Was du tun kannst',
  rightsList: (takeBackHours) => [
    [
      'Wählen.',
      'Mach ein Set privat oder öffentlich, benenne es um, lass es aus den Charts oder lösche es. Was du gewählt hast, gilt auch, wenn deine Software das Set noch einmal sendet.',
    ],
    [
      'Beitragen und jederzeit aufhören.',
      `Die Charts folgen innerhalb von ${takeBackHours} Stunden, auch alte, solange ihre Sets gespeichert sind.`,
    ],
    [
      'Widersprechen.',
      'Der Statistik: Was du spielst, ist dann in keinen Zahlen, die Analysten lesen. Angaben zur Nutzung: System, Prozessor und Computertyp werden dann gar nicht gespeichert.',
    ],
    [
      'Ansehen.',
      'Alle deine Sets, und für jeden gespielten Track, ob er zählt und warum nicht. Ein Export gibt dir alles, was zu deinem Konto gespeichert ist, in einer Datei.',
    ],
    [
      'Berichtigen.',
      'Dein Profil und die Namen deiner Sets; ein Set, das noch einmal gesendet wird, ersetzt das vorige.',
    ],
    [
      'Alles löschen.',
      'Du bekommst eine Quittung und kannst mit ihr der Löschung folgen, bis sie vollständig ist: keine Zeile und keine Datei mehr, die Charts ohne dich gemacht. Dein Konto bleibt geschlossen, bis du neu beginnst.',
    ],
  ],
  underAge: [
    'Niemand unter 16',
    'Niemand unter 16 darf ein Konto haben. Ein Geburtsdatum, das gesendet wird, wird geprüft und nicht gespeichert. Liegt es unter 16, werden die Daten des Kontos gelöscht und seine Uploads abgelehnt, bis ein Betreiber das aufhebt. Erziehungsberechtigte können eine Löschung verlangen.',
  ],
  admins: (auditDays) => [
    'Was die Betreiber tun können',
    `Auf deinen schriftlichen Wunsch kann ein Betreiber die Daten eines Kontos exportieren, berichtigen oder löschen, und er kann die Uploads eines Kontos sperren. Betreiber entscheiden auch, welche Tracks derselbe sind. Was ein Betreiber getan hat, steht ${auditDays} Tage in einem Protokoll, in dem Konten nur als verschlüsselte Prüfsummen vorkommen.`,
  ],
  backups: (backupDays) => [
    'Sicherungen',
    `Sicherungen sind verschlüsselt, dienen nur dazu, Verlorenes zurückzubringen, und verfallen nach ${backupDays} Tagen. Wird eine eingespielt, wird jedes seither gelöschte Konto noch einmal gelöscht, bevor irgendetwas ausgeliefert wird.`,
  ],
  cookies: [
    'Cookies',
    'Keine auf öffentlichen Seiten: Sie laden nichts von anderswo, behalten nichts auf deinem Computer und messen niemanden. Die Anmeldung zu deinen eigenen Seiten setzt Cookies, die die Anmeldung enthalten und sonst nichts.',
  ],
}
