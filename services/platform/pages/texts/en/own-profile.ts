/** A DJ's profile and choices. */
export const ownProfileTexts = {
  profileTitle: 'Profile',
  profileLead: 'All of it is voluntary.',
  displayName: 'Display name',
  displayNameHint: 'Stands on sessions that you make public, and nowhere else.',
  location: 'Where you play',
  country: 'Country',
  noCountry: 'Not said',
  subdivision: 'Region',
  noSubdivision: 'The whole country',
  subdivisionHint: 'Save the country first; then its regions stand here.',
  city: 'City',
  locationHint: 'Country and region decide in which charts your plays count. The city never gets there.',
  genres: 'Genres you prefer',
  pastGenres: 'Past the genres',
  genresHint: 'At most 20. They decide in which scenes’ charts your plays count.',
  save: 'Save',
  errors: {
    displayName: 'At most 1,000 characters, without control characters.',
    country: 'This country and region do not go together.',
    subdivision: 'This country and region do not go together.',
    city: 'At most 1,000 characters, without control characters.',
    genrePreferences: 'At most 20 genres.',
  },
  choicesTitle: 'Choices',
  choicesLead:
    'What you choose here holds from then on, also for sessions that are there already. You can change it at any time.',
  /** What is agreed or objected to, whole; its version is in `consent-texts.ts`. */
  consent: {
    charts:
      'I agree that plays of my sessions, private ones too, are counted in public charts. Charts name no DJ and show only what enough DJs played. They use my country, region and preferred genres, and nothing else of my profile. I can withdraw this at any time: my plays are then taken out at once, and the charts follow within the time that the privacy page tells. A single session can be left out.',
    statistics:
      'From plays that count in charts, numbers over many DJs are made for analysts: which tracks, keys and tempos were played in which week, by at least so many DJs that nobody shows. You may object to that and contribute to charts all the same.',
    usage:
      'With a session the operating system, the processor and the kind of computer are kept, if your software sends them, and numbers on software and decks are made of many DJs. You may object; these three are then not kept at all, and you are in none of those numbers.',
  },
  version: (version: string) => `Text ${version}. It is kept with your choice and its time.`,
  charts: 'Contribute to charts',
  chartsOn: 'You contribute.',
  chartsOff: 'You do not contribute.',
  give: 'Agree and contribute',
  withdraw: 'Withdraw',
  birthDate: 'Date of birth',
  birthDateHint:
    'Nobody under 16 may have an account. It is checked and not kept. If you are younger, everything is erased.',
  birthDateError: 'A date in the past, such as 1990-05-17.',
  statistics: 'Statistics',
  statisticsOn: 'Your plays may be in these numbers.',
  statisticsOff: 'You object: your plays are in none of them.',
  usage: 'System and usage',
  usageOn: 'They are kept.',
  usageOff: 'You object: they are not kept.',
  object: 'Object',
  allow: 'Take the objection back',
}
