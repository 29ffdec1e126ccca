import type { Texts } from '../en/english.ts'

export const signInTexts: Texts['signIn'] = {
  title: 'Anmelden',
  lead: 'Hier siehst du deine Sets, welche deiner Tracks gezählt wurden und warum andere nicht, und entscheidest über alles.',
  cookie:
    'Beim Anmelden werden Cookies gesetzt, die deine Anmeldung enthalten und sonst nichts, bis du dich abmeldest, höchstens zwölf Stunden lang.',
  toProvider: 'Anmelden',
  as: 'Anmelden als',
  byLink: (minutes: number) =>
    `Dieser Dienst hat keinen Identitätsanbieter. Wer ihn betreibt, macht einen Link, der einmal anmeldet, innerhalb von ${minutes} Minuten:`,
  notSetUp:
    'Dieser Dienst nimmt Token eines Identitätsanbieters an, aber die Anmeldung auf den Seiten ist noch nicht eingerichtet.',
  notSafe:
    'Über eine unverschlüsselte Verbindung kann sich niemand anmelden: sie könnte mitgelesen werden. Nimm die Adresse, die mit https beginnt. Wer dies hinter einem Proxy betreibt, setzt PUBLIC_URL.',
  problems: {
    used: 'Dieser Link gilt nicht mehr: er wurde schon benutzt oder ist zu alt. Lass dir einen neuen geben.',
    refused: 'Du wurdest nicht angemeldet. Versuche es noch einmal.',
    unavailable: 'Der Identitätsanbieter ist nicht erreichbar. Versuche es gleich noch einmal.',
  },
  signedOut: 'Du bist abgemeldet',
  stillAtProvider: 'Du bist von diesen Seiten abgemeldet, beim Identitätsanbieter vielleicht noch nicht.',
  outAtProvider: 'Auch dort abmelden',
  again: 'Wieder anmelden',
}
