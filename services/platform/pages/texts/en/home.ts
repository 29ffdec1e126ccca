import { formatsOf } from '../../formats.ts'

const { plural } = formatsOf('en')
const djWords = { one: 'DJ', other: 'DJs' }

/** The home page. */
export const homeTexts = {
  title: 'Charts',
  heading: 'What DJs really play',
  description: 'Charts of what DJs really play, by region and genre.',
  lead: 'Charts by region and by genre, made from the sessions that DJ software records: tracks that were played, not bought and not promoted. Only DJs who chose to contribute are counted, and nobody can be told from a chart.',
  none: 'No chart is published yet. One appears as soon as enough DJs have contributed.',
  thisWeek: 'This week',
  worldChart: 'World',
  caption: (shown: number, all: number) => `The first ${shown} of ${all}`,
  wholeChart: 'The whole world chart',
  climbers: 'Climbers',
  newEntries: 'New on the chart',
  fromTo: (from: number, to: number) => `${from} → ${to}`,
  atRank: (rank: number) => `straight to ${rank}`,
  map: 'Map of countries with a chart',
  mapCaption: 'DJs behind each country’s newest chart',
  regionWithDjs: (region: string, djs: number) => `${region}: ${plural(djs, djWords)}`,
  genres: 'Genres by size',
  allGenres: 'All genres with a world chart',
  scenes: 'Scenes',
  djs: (djs: number) => plural(djs, djWords),
  continents: 'Continents',
  countries: 'Countries',
  subdivisions: 'States, provinces and regions',
}
