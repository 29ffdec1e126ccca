/** Rows of the tables of analysts, few enough that what a question has to answer is worked out by hand. */

const tracks = {
  lowTide: { track: 1, artist: 'Harbour Lights', title: 'Low Tide' },
  secondSunrise: { track: 2, artist: 'Mara Vell', title: 'Second Sunrise' },
  paperLanterns: { track: 3, artist: 'Otis & the Current', title: 'Paper Lanterns' },
} as const

const revision = 1
const shown = { revision, built_at: '2026-02-23 00:00:00.000', version: 1 }
const entry = { revision, genre: 'all', label: 'Quay Records', previous_rank: null, periods_on_chart: 1, plays: 20 }
const week = (name: string) => ({ week: name, revision })
const cell = (name: string, region: string, djs: number, plays: number) => ({ ...week(name), region, djs, plays })
const medians = { played_seconds_median: 240, bpm_median: 124 }

export const analystRows: Readonly<Record<string, readonly object[]>> = {
  'charts.analytics_shown': ['2026-W06', '2026-W07', '2026-W08'].flatMap((period) =>
    ['charts', 'week'].map((what) => ({ what, period, ...shown })),
  ),
  'charts.analytics_charts': [
    { ...entry, ...tracks.lowTide, period: '2026-W06', region: 'NZ', rank: 1, peak_rank: 1, djs: 5 },
    { ...entry, ...tracks.lowTide, period: '2026-W08', region: 'world', rank: 2, peak_rank: 2, djs: 16 },
    { ...entry, ...tracks.secondSunrise, period: '2026-W07', region: 'world', rank: 2, peak_rank: 2, djs: 10 },
    {
      ...entry,
      ...tracks.secondSunrise,
      period: '2026-W08',
      region: 'world',
      rank: 1,
      peak_rank: 1,
      djs: 20,
      periods_on_chart: 2,
    },
    { ...entry, ...tracks.paperLanterns, period: '2026-W08', region: 'NZ', rank: 2, peak_rank: 2, djs: 6 },
    {
      ...entry,
      ...tracks.lowTide,
      period: '2026-W08',
      region: 'NZ',
      rank: 1,
      peak_rank: 1,
      djs: 11,
      periods_on_chart: 2,
    },
  ],
  'charts.analytics_track_weeks': [
    { ...cell('2026-W07', 'NZ', 5, 9), ...tracks.lowTide, ...medians, key: '8A' },
    { ...cell('2026-W08', 'NZ', 11, 20), ...tracks.lowTide, ...medians, key: '8A' },
    { ...cell('2026-W08', 'NZ', 6, 8), ...tracks.paperLanterns, ...medians, key: '8A' },
    { ...cell('2026-W08', 'DE', 5, 6), ...tracks.lowTide, ...medians, key: '8A' },
    { ...cell('2026-W08', 'DE', 7, 7), ...tracks.secondSunrise, ...medians, key: '9A' },
    { ...cell('2026-W08', 'world', 16, 30), ...tracks.lowTide, ...medians, key: '8A' },
    { ...cell('2026-W08', 'world', 20, 26), ...tracks.secondSunrise, ...medians, key: '9A' },
    { ...cell('2026-W08', 'world', 6, 8), ...tracks.paperLanterns, ...medians, key: '3B' },
  ],
  'charts.analytics_tag_weeks': [
    { ...cell('2026-W08', 'NZ', 9, 20), tag: 'year', value: '2012' },
    { ...cell('2026-W08', 'NZ', 11, 60), tag: 'year', value: '2025' },
    { ...cell('2026-W08', 'DE', 5, 10), tag: 'year', value: '1999' },
    { ...cell('2026-W08', 'NZ', 11, 60), tag: 'bpm', value: '124' },
    { ...cell('2026-W08', 'NZ', 5, 10), tag: 'bpm', value: '174' },
    { ...cell('2026-W08', 'DE', 7, 30), tag: 'bpm', value: '140' },
    { ...cell('2026-W07', 'world', 10, 40), tag: 'key', value: '8A' },
    { ...cell('2026-W07', 'world', 8, 10), tag: 'key', value: '9A' },
    { ...cell('2026-W07', 'world', 12, 30), tag: 'genre', value: 'house' },
    { ...cell('2026-W07', 'world', 6, 20), tag: 'genre', value: 'techno' },
    { ...cell('2026-W07', 'NZ', 8, 15), tag: 'label', value: 'Quay Records' },
    { ...cell('2026-W08', 'NZ', 11, 25), tag: 'label', value: 'Quay Records' },
    { ...cell('2026-W08', 'DE', 6, 7), tag: 'label', value: 'Quay Records' },
    { ...cell('2026-W08', 'world', 17, 32), tag: 'label', value: 'Quay Records' },
    { ...cell('2026-W08', 'world', 5, 9), tag: 'label', value: 'Night Ferry' },
    { ...cell('2026-W08', 'world', 12, 90), tag: 'software', value: 'Serato DJ Pro' },
    { ...cell('2026-W08', 'world', 5, 30), tag: 'software', value: 'rekordbox' },
  ],
  'charts.analytics_transition_weeks': [
    { ...cell('2026-W08', 'world', 9, 24), from_track: 1, to_track: 2 },
    { ...cell('2026-W08', 'world', 6, 8), from_track: 1, to_track: 3 },
  ],
}
