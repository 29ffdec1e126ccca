/** The frame of the pages for developers; what they say is written in English. */
export const developersTexts = {
  link: 'Developers',
  title: 'For developers of DJ software',
  description: 'How DJ software sends sessions to Tonearm: tokens, requests, answers, errors, limits, with examples.',
  apiTitle: 'The API',
  apiDescription: 'Every route of the API of Tonearm: parameters, bodies and answers.',
}
