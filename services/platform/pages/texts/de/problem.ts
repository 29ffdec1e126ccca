import type { Texts } from '../en/english.ts'

export const problemTexts: Texts['problem'] = {
  kinds: {
    'unreadable-body': {
      title: 'Der Inhalt ist nicht lesbar',
      explanation:
        'Der Inhalt ist nicht das JSON, NDJSON oder gzip, das seine Kopfzeilen nennen. Prüfe die Kodierung und sende ihn noch einmal.',
    },
    'invalid-request': {
      title: 'Die Anfrage ist nicht gültig',
      explanation: 'Ein Parameter oder eine Kopfzeile hat einen Wert, der nicht verstanden wird; `errors` nennt ihn.',
    },
    unauthorized: {
      title: 'Ein gültiges Token wird gebraucht',
      explanation: 'Sende `Authorization: Bearer TOKEN` mit einem Token, das nicht abgelaufen ist.',
    },
    forbidden: {
      title: 'Das Token erlaubt das nicht',
      explanation: 'Dem Token fehlt die Berechtigung, die dieser Aufruf braucht.',
    },
    'form-refused': {
      title: 'Das Formular wurde nicht angenommen',
      explanation:
        'Es kam nicht von einer Seite dieses Dienstes, oder du hast dich neu angemeldet, seit die Seite gezeigt wurde. Es wurde nichts geändert; lade die Seite neu und sende es noch einmal.',
    },
    'under-age': {
      title: 'Unter 16',
      explanation:
        'Tonearm ist für Menschen ab 16. Von der Anfrage wurde nichts behalten, und was zum Konto gespeichert war, wird gelöscht.',
    },
    'account-erased': {
      title: 'Das Konto wurde gelöscht',
      explanation:
        'Es nimmt keine Sets an, bis sein DJ neu beginnt, indem er das Profil ändert (`PATCH /v1/me/profile`). Es wurde nichts behalten.',
    },
    'account-blocked': {
      title: 'Das Konto ist gesperrt',
      explanation: 'Die Betreiber haben es gesperrt und nehmen keine Sets von ihm an, bis sie die Sperre aufheben.',
    },
    'not-found': {
      title: 'Hier ist nichts',
      explanation:
        'Es gibt das nicht, oder es ist nicht öffentlich, oder es stehen zu wenige DJs dahinter. Alle drei antworten gleich.',
    },
    'method-not-allowed': {
      title: 'Die Methode ist nicht erlaubt',
      explanation: 'Diese Adresse gibt es, aber nicht für diese Methode; `Allow` nennt die, die es gibt.',
    },
    'ambiguous-id': {
      title: 'Mehrere Sets haben diese Kennung',
      explanation:
        'Kennungen beginnen auf jedem Computer von vorn. Nenne das Set mit seinem Schlüssel, den jede Liste der Sets enthält.',
    },
    'body-too-large': {
      title: 'Der Inhalt ist zu groß',
      explanation:
        'Eine Anfrage darf entpackt 32 MiB und 1.000 Sets haben. Nichts davon wurde angenommen; sende sie in Teilen.',
    },
    'unsupported-media-type': {
      title: 'Der Medientyp wird nicht verstanden',
      explanation: 'Sende `application/json` oder `application/x-ndjson`, so oder mit `Content-Encoding: gzip`.',
    },
    'nothing-accepted': {
      title: 'Keines der Sets wurde angenommen',
      explanation: '`rejected` sagt für jedes Set, warum, und an welcher Stelle.',
    },
    'invalid-profile': {
      title: 'Das Profil wäre nicht gültig',
      explanation: '`errors` nennt die Angaben und was richtig wäre.',
    },
    'invalid-choice': {
      title: 'Die Wahl ist nicht gültig',
      explanation: '`errors` nennt die Angaben und was richtig wäre.',
    },
    'invalid-merge': {
      title: 'Die Zusammenführung ist nicht gültig',
      explanation:
        '`errors` sagt, was falsch ist: keine Kennung eines Tracks, der Track selbst, oder Tracks, die im Kreis zusammengeführt sind.',
    },
    'too-many-requests': {
      title: 'Zu viele Anfragen',
      explanation: 'Warte so viele Sekunden, wie `Retry-After` sagt.',
    },
    internal: {
      title: 'Hier ist etwas schiefgegangen',
      explanation:
        'Es liegt an uns und steht unter der Nummer der Anfrage in unserem Protokoll. Die Anfrage kann gefahrlos noch einmal gesendet werden.',
    },
    overloaded: {
      title: 'Gerade ist zu viel zu tun',
      explanation:
        'Es sind so viele Uploads oder Exporte in Arbeit, wie in den Speicher passen. Von diesem wurde nichts angenommen; sende ihn noch einmal.',
    },
    'identity-provider-unavailable': {
      title: 'Der Anmeldedienst ist nicht erreichbar',
      explanation:
        'Ob das Token gilt, lässt sich ohne die Schlüssel seines Ausstellers nicht sagen. Es wurde nichts getan; versuche es nach `Retry-After` Sekunden noch einmal.',
    },
    'log-unavailable': {
      title: 'Das Ereignisprotokoll ist nicht erreichbar',
      explanation:
        'Was aus der Anfrage wurde, ist unbekannt. Sende sie nach `Retry-After` Sekunden noch einmal; das ist gefahrlos.',
    },
    'store-unavailable': {
      title: 'Der Speicher ist nicht erreichbar',
      explanation: 'Versuche es nach `Retry-After` Sekunden noch einmal.',
    },
  },
  status: (status) => `HTTP-Status ${status}, Code`,
  toCharts: 'Zu den Charts',
}
