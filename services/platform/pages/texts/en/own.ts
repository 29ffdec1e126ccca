/** What stands on each of a DJ's own pages, and the first of them. */
export const ownTexts = {
  parts: 'Your pages',
  overview: 'Overview',
  sessions: 'Sessions',
  upload: 'Upload',
  profile: 'Profile',
  choices: 'Choices',
  data: 'Your data',
  signOut: 'Sign out',
  saved: 'Saved.',
  pending: 'Being saved: it is safe, and shows here in a moment.',
  refused: 'Nothing was changed: see the fields below.',
  welcome: 'Your sessions and charts',
  welcomeTo: 'Welcome,',
  newest: 'Newest sessions',
  allSessions: 'All sessions',
  contributing: 'Your plays count in charts.',
  notContributing: 'Your plays are in no chart.',
  changeChoices: 'Change your choices',
  toChoices: 'See what it means and choose',
  closed: {
    'account-erased':
      'This account was erased and takes no sessions. You can begin anew; nothing of what was there before comes back.',
    'account-blocked':
      'This account is blocked by those who run the service: uploads are refused until they lift it. You can still see, take with you and erase all that is kept.',
    'under-age':
      'Tonearm is for people of 16 and older. By the date of birth that was given you are younger, so all that was held on this account is erased, and it takes no sessions. If the date was wrong, ask those who run the service.',
  },
  beginAnew: 'Begin anew',
}
