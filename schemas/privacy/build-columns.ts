/**
 * The privacy label of every column of the tables that a build of the charts fills and empties again.
 * @module
 */
import { aggregates, type ColumnLabel } from './column-label.ts'

/** As `columns` in `columns.ts`, which has them too. */
export const buildColumns: Readonly<Record<string, Readonly<Record<string, ColumnLabel>>>> = {
  'charts.build_contributors': {
    contributor: 'contributor',
    world: 'region',
    continent: 'region',
    country: 'region',
    subdivision: 'region',
    scenes: 'genre-preferences',
  },
  'charts.build_pairs': {
    contributor: 'contributor',
    track: 'track-identity',
    plays: 'play-count',
    given: 'contribution-hash',
    artist: 'track-text',
    title: 'track-text',
    label: 'track-text',
  },
  'charts.build_genre_pairs': {
    genre_id: 'genre',
    contributor: 'contributor',
    track: 'track-identity',
    plays: 'play-count',
    given: 'contribution-hash',
  },
  'charts.build_genres': { genre_id: 'genre', genre: 'genre' },
  'charts.build_members': {
    region_id: 'region',
    genre_id: 'genre',
    contributor: 'contributor',
    given: 'contribution-hash',
    plays: 'play-count',
  },
  'charts.build_marks': {
    week: 'contribution-change',
    contributor: 'contributor',
    taken_back: 'contribution-change',
    merged: 'operational',
    changed_at: 'contribution-change',
    mark: 'operational',
  },
  'charts.build_changed': {
    ...aggregates('region_id', 'genre_id'),
    contributor: 'contributor',
    is_member: 'contribution-change',
    given: 'contribution-hash',
    taken_back_at: 'contribution-change',
    given_before: 'contribution-hash',
    since_build: 'operational',
  },
  'charts.build_compared': aggregates('region_id', 'genre_id'),
  'charts.build_doubtful': aggregates('region_id', 'genre_id'),
  'charts.build_waiting': aggregates('region_id', 'genre_id'),
  'charts.build_plan': aggregates('region_id', 'genre_id', 'publishes'),
  'charts.build_places': aggregates('region_id', 'genre_id', 'track', 'djs', 'plays'),
  'charts.build_published': {
    ...aggregates('kind', 'period', 'region', 'genre', 'revision', 'built_at'),
    ...aggregates('djs', 'plays', 'content', 'hidden', 'withheld'),
    version: 'operational',
  },
  'charts.build_merges': { track: 'operational', canonical: 'operational' },
  'charts.build_merged_plays': {
    contributor: 'contributor',
    track: 'track-identity',
    artist: 'track-text',
    title: 'track-text',
    label: 'track-text',
    genres: 'genre',
  },
}
