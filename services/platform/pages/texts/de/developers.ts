import type { Texts } from '../en/english.ts'

export const developersTexts: Texts['developers'] = {
  link: 'Für Entwickler',
  title: 'Für die Entwickler von DJ-Software',
  description:
    'Wie DJ-Software Sessions an Tonearm schickt: Token, Anfragen, Antworten, Fehler, Grenzen, mit Beispielen.',
  apiTitle: 'Die API',
  apiDescription: 'Alle Wege der API von Tonearm: Parameter, Inhalte und Antworten.',
}
