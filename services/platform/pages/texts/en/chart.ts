import { formatsOf } from '../../formats.ts'

const { count, plural } = formatsOf('en')
const djWords = { one: 'DJ', other: 'DJs' }

/** A chart: its page, its table, and how charts and periods are called elsewhere. */
export const chartTexts = {
  allGenres: 'All genres',
  scene: (genre: string) => `${genre} scene`,
  week: (number: number, year: string) => `Week ${number} of ${year}`,
  kinds: { week: 'Week', month: 'Month', year: 'Year' },
  title: (genre: string, region: string) => `${genre}, ${region}`,
  description: (chart: string, period: string, first: string | undefined) =>
    `What DJs played most: ${chart}, ${period}.${first === undefined ? '' : ` First: ${first}.`}`,
  regionPath: 'Region',
  genrePath: 'Genre',
  kindOfPeriod: 'Kind of period',
  step: 'One period back or forth',
  djsAndPlays: (djs: number, plays: number) =>
    `${plural(djs, djWords)} and ${plural(plays, { one: 'counted play', other: 'counted plays' })}`,
  provisional: (until: string) => `Provisional until ${until}`,
  final: 'Final',
  caption: 'Ranked by DJs, then by plays',
  noEntries: 'No track was played by enough DJs to be listed.',
  rank: 'Rank',
  change: 'Change',
  track: 'Title and artist',
  label: 'Label',
  history: 'History',
  djs: 'DJs',
  plays: 'Plays',
  peak: 'Peak',
  onChart: { week: 'Weeks', month: 'Months', year: 'Years' },
  up: (places: number) => `up ${places}`,
  down: (places: number) => `down ${places}`,
  same: 'same',
  new: 'new',
  back: 'back',
  historyOf: (ranks: string) => `Ranks, oldest first: ${ranks}`,
  offChart: 'none',
  around: 'Charts around this one',
  regionsWithin: (region: string) => `Within ${region}`,
  genresWithin: (genre: string) => `Within ${genre}`,
  genres: 'Genres',
  scenes: 'Scenes',
  more: (number: number) => `${count(number)} more`,
  aboutTitle: 'How to read this chart',
  aboutMinimum: (minimum: number) =>
    `Charts and entries that fewer than ${plural(minimum, djWords)} stand behind are not shown, so that nobody can be told from them.`,
  aboutCounting: 'A track counts once in a session, and only where its DJ chose to contribute.',
  aboutScene: 'A scene is what DJs who prefer a genre play, whatever the genre of the track.',
  aboutProvisional: 'It is provisional: sessions of this period are still coming in.',
  aboutFinal: 'It is final: little change is to be expected, but corrections still come in.',
  aboutRevision: (revision: number, builtAt: string) => `This is revision ${count(revision)}, built ${builtAt} UTC.`,
  downloads: 'Take it along',
  feed: 'Feed of new charts',
}
