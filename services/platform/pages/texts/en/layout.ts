/** What stands around every page. */
export const layoutTexts = {
  skip: 'To the content',
  navigation: 'Main',
  charts: 'Charts',
  search: 'Search',
  me: 'For DJs',
  home: 'Home',
  promise: 'What DJs really play, counted only from those who chose it.',
  privacy: 'Privacy',
  api: 'API',
  languages: 'Language',
  footer: 'About these pages',
}
