import type { Texts } from '../en/english.ts'

export const layoutTexts: Texts['layout'] = {
  skip: 'Zum Inhalt',
  navigation: 'Hauptnavigation',
  charts: 'Charts',
  search: 'Suche',
  me: 'Für DJs',
  home: 'Start',
  promise: 'Was DJs wirklich spielen, gezählt nur bei denen, die es wollten.',
  privacy: 'Datenschutz',
  api: 'API',
  languages: 'Sprache',
  footer: 'Über diese Seiten',
}
