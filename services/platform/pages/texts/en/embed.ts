/** A chart within the pages of others. */
export const embedTexts = {
  title: 'Put this chart on your page',
  hint: 'It stays up to date, sets no cookie and runs no script.',
  whole: 'The whole chart on Tonearm',
  address: 'The chart alone',
}
