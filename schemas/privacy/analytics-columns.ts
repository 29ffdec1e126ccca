/**
 * The label of every column of what analysts read, and of the rows behind it: all of them tell of enough accounts.
 * @module
 */
import { aggregates, type ColumnLabel } from './column-label.ts'

const texts = ['artist', 'title']
const counts = ['djs', 'plays']
const placesInCharts = ['rank', 'previous_rank', 'peak_rank', 'periods_on_chart']
const ofPlays = ['played_seconds_median', 'bpm_median', 'key']
const ofRevision = { ...aggregates('week', 'region', ...counts), revision: 'operational' } as const

/** As `columns` in `columns.ts`, which has them too. */
export const analyticsColumns: Readonly<Record<string, Readonly<Record<string, ColumnLabel>>>> = {
  'charts.analytics_shown': {
    what: 'operational',
    period: 'aggregate',
    revision: 'operational',
    built_at: 'operational',
    version: 'operational',
  },
  'charts.analytics_charts': {
    ...aggregates('period', 'region', 'genre', ...placesInCharts, 'track', ...texts, 'label', ...counts),
    revision: 'operational',
  },
  'charts.analytics_track_weeks': { ...ofRevision, ...aggregates('track', ...texts, ...ofPlays) },
  'charts.analytics_tag_weeks': { ...ofRevision, ...aggregates('tag', 'value') },
  'charts.analytics_transition_weeks': { ...ofRevision, ...aggregates('from_track', 'to_track') },
  'charts.analytics_spent': {
    ...aggregates('week', 'table_name'),
    ...{
      epsilon: 'operational',
      items: 'operational',
      tags: 'operational',
      plays: 'operational',
      version: 'operational',
    },
  },
  'charts.analytics_withheld': {
    ...aggregates('year', 'period', 'region', 'genre', 'track'),
    revision: 'operational',
    source: 'operational',
  },

  'analytics.charts': aggregates(
    ...['region', 'genre', 'period', ...placesInCharts, 'track_id', ...texts, 'label', ...counts],
  ),
  'analytics.track_weeks': aggregates('week', 'region', 'track_id', ...texts, ...counts, ...ofPlays),
  'analytics.tag_weeks': aggregates('week', 'region', 'tag', 'value', ...counts),
  'analytics.transition_weeks': aggregates('week', 'region', 'from_track_id', 'to_track_id', ...counts),
}

/** The tables behind what analysts see: what switches the revisions of each, and its column with the period. */
export const analystsTables = [
  { table: 'charts.analytics_charts', what: 'charts', period: 'period' },
  { table: 'charts.analytics_track_weeks', what: 'week', period: 'week' },
  { table: 'charts.analytics_tag_weeks', what: 'week', period: 'week' },
  { table: 'charts.analytics_transition_weeks', what: 'week', period: 'week' },
  { table: 'charts.analytics_withheld', what: 'withheld', period: 'year' },
] as const

/** The same by name, with the one that says what is shown. */
export const analystsRows: readonly string[] = ['charts.analytics_shown', ...analystsTables.map(({ table }) => table)]
