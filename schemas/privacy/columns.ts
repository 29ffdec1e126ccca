/**
 * The privacy label of every column of the tables.
 * @module
 */
import { analyticsColumns } from './analytics-columns.ts'
import { buildColumns } from './build-columns.ts'
import { aggregates, type ColumnLabel } from './column-label.ts'
import type { Audience } from './labels.ts'

export type { ColumnLabel }

/** Who reads a database; `nobody` means that nothing personal may be in it. */
export const databaseAudiences: Readonly<Record<string, Audience | 'nobody'>> = {
  playlists: 'owner',
  charts: 'charts',
  operations: 'nobody',
  leases: 'nobody',
  audit: 'admins',
  // Analysts read aggregates, which are nobody's.
  analytics: 'nobody',
}

/** A decision on two codes of tracks: no texts, and nobody who played them. */
const merge: Readonly<Record<string, ColumnLabel>> = {
  track: 'operational',
  into: 'operational',
  state: 'operational',
  score: 'operational',
  reason: 'operational',
  decided_by: 'editor',
  decided_at: 'operational',
  version: 'operational',
}

/** By table (`database.table`) and column; the columns of a nested one as `tracks.title`. */
export const columns: Readonly<Record<string, Readonly<Record<string, ColumnLabel>>>> = {
  'operations.migrations': { number: 'operational', name: 'operational', applied_at: 'operational' },
  'operations.facts': { name: 'operational', value: 'operational', version: 'operational' },

  'operations.log_positions': {
    log: 'operational',
    partition: 'operational',
    next_offset: 'operational',
    version: 'operational',
  },

  'operations.ended_sign_ins': { secret_hash: 'operational', expires_at: 'operational' },

  'leases.terms': {
    name: 'operational',
    term: 'operational',
    renewal: 'operational',
    holder: 'operational',
    expires_at: 'operational',
    is_given_back: 'operational',
  },

  'operations.contributor_keys': {
    version: 'operational',
    salt: 'operational',
    is_active: 'operational',
    changed_at: 'operational',
  },

  'audit.actions': {
    at: 'audit-entry',
    id: 'operational',
    actor: 'audit-entry',
    action: 'audit-entry',
    subject: 'audit-entry',
    outcome: 'audit-entry',
  },

  'audit.queries': {
    at: 'analyst-entry',
    id: 'operational',
    analyst: 'analyst-entry',
    statement: 'analyst-entry',
    code: 'analyst-entry',
    milliseconds: 'analyst-entry',
    result_rows: 'analyst-entry',
    bytes_sent: 'analyst-entry',
  },

  'playlists.sessions': {
    owner: 'owner-key',
    session_key: 'session-key',
    version: 'operational',
    is_deleted: 'session-choice',
    received_at: 'session-time',
    session_id: 'session-id',
    history_id: 'session-id',
    export_id: 'session-id',
    software_name: 'software',
    software_version: 'software',
    system_os: 'operating-system',
    system_processor: 'computer',
    system_computer_type: 'computer',
    name: 'session-name',
    started_at: 'session-start',
    ended_at: 'session-time',
    edited_at: 'session-time',
    visibility: 'session-choice',
    contribute: 'session-choice',
    'counting.day': 'play-time',
    'counting.track': 'track-identity',
    'counting.genres': 'genre',
    'tracks.id': 'play-id',
    'tracks.deck': 'deck',
    'tracks.played': 'play-detail',
    'tracks.started_at': 'play-time',
    'tracks.ended_at': 'play-detail',
    'tracks.played_seconds': 'play-length',
    'tracks.played_percent': 'play-detail',
    'tracks.edited_at': 'play-detail',
    'tracks.title': 'track-text',
    'tracks.artist': 'track-text',
    'tracks.album': 'own-tag',
    'tracks.genre': 'genre',
    'tracks.label': 'track-text',
    'tracks.bpm': 'mix-tag',
    'tracks.key': 'mix-tag',
    'tracks.remixer': 'mix-tag',
    'tracks.composer': 'own-tag',
    'tracks.year': 'track-tag',
    'tracks.rating': 'own-tag',
    'tracks.track_number': 'own-tag',
    'tracks.bit_rate': 'track-tag',
    'tracks.sample_rate': 'own-tag',
    'tracks.file_name': 'file',
    'tracks.file_size': 'file',
    'tracks.length_seconds': 'file',
  },
  'playlists.session_choices': {
    owner: 'owner-key',
    session_key: 'session-key',
    flag: 'session-choice',
    value: 'session-choice',
    version: 'operational',
  },
  'playlists.profile_members': {
    owner: 'owner-key',
    member: 'operational',
    value: 'profile-member',
    version: 'operational',
  },
  'playlists.choice_history': {
    owner: 'owner-key',
    choice: 'consent-record',
    version: 'operational',
    value: 'consent-record',
    chosen_at: 'consent-record',
    consent_text: 'consent-record',
  },
  'playlists.public_sessions': {
    public_id: 'public-id',
    owner: 'owner-key',
    session_key: 'session-key',
    version: 'operational',
    is_deleted: 'session-choice',
  },

  'playlists.account_states': {
    owner: 'owner-key',
    state: 'account-state',
    value: 'account-state',
    version: 'operational',
    at: 'account-state',
  },
  'playlists.erasures': {
    receipt_hash: 'erasure',
    step: 'erasure',
    owner: 'owner-key',
    version: 'operational',
    accepted_at: 'erasure',
    erased_at: 'erasure',
    completed_at: 'erasure',
    rows_left: 'erasure',
    charts_rebuilt: 'erasure',
    charts_waiting: 'erasure',
    log_expires_at: 'erasure',
  },

  'charts.contributors': {
    contributor: 'contributor',
    consents: 'choice',
    statistics: 'choice',
    usage: 'choice',
    country: 'region',
    subdivision: 'region',
    scenes: 'genre-preferences',
    version: 'operational',
    key_version: 'operational',
  },
  'charts.contributions': {
    week: 'play-time',
    contributor: 'contributor',
    session: 'contribution-session',
    version: 'operational',
    is_deleted: 'operational',
    earlier_tracks: 'track-identity',
    'plays.track': 'track-identity',
    'plays.at': 'play-time',
    'plays.artist': 'track-text',
    'plays.title': 'track-text',
    'plays.label': 'track-text',
    'plays.before': 'track-identity',
    'plays.seconds': 'play-length',
    'plays.bpm_hundredths': 'mix-tag',
    'plays.key': 'mix-tag',
    'plays.year': 'track-tag',
    'plays.bit_rate': 'track-tag',
    'plays.clean_label': 'track-text',
    'plays.remixer': 'mix-tag',
    'plays.clean_remixer': 'mix-tag',
    'plays.deck': 'deck',
    software: 'software',
    os: 'operating-system',
    genres: 'genre',
    key_version: 'operational',
  },
  'charts.changes': {
    week: 'contribution-change',
    contributor: 'contributor',
    taken_back: 'contribution-change',
    merged: 'operational',
    analytics: 'operational',
    changed_at: 'contribution-change',
    mark: 'operational',
    key_version: 'operational',
  },
  'charts.published': {
    ...aggregates(
      'kind',
      'period',
      'region',
      'genre',
      'revision',
      'built_at',
      'djs',
      'plays',
      'content',
      'hidden',
      'withheld',
    ),
    version: 'operational',
  },
  'charts.entries': aggregates(
    ...['region', 'genre', 'kind', 'period', 'revision', 'rank', 'track', 'artist', 'title', 'label', 'djs', 'plays'],
  ),
  'charts.bases': {
    ...aggregates('kind', 'period', 'region_id', 'genre_id'),
    contributor: 'contributor',
    given: 'contribution-hash',
    version: 'operational',
    is_deleted: 'operational',
    key_version: 'operational',
  },
  'charts.earlier_bases': {
    ...aggregates('kind', 'period', 'region_id', 'genre_id'),
    contributor: 'contributor',
    given: 'contribution-hash',
    from_build: 'operational',
    until_build: 'operational',
    key_version: 'operational',
  },
  'charts.pending_take_backs': {
    ...aggregates('kind', 'period', 'region_id', 'genre_id'),
    contributor: 'contributor',
    taken_back_at: 'contribution-change',
    version: 'operational',
    is_deleted: 'operational',
    key_version: 'operational',
  },

  'charts.tombstones': {
    contributor: 'contributor',
    key_version: 'operational',
    version: 'operational',
    at: 'account-state',
  },
  'charts.frozen_weeks': { week: 'aggregate', frozen_at: 'operational' },

  'charts.renewed_contributors': {
    contributor: 'renewed-pseudonym',
    renewed: 'renewed-pseudonym',
    key_version: 'operational',
  },
  'charts.renewed_sessions': { session: 'renewed-pseudonym', renewed: 'renewed-pseudonym' },

  'charts.merges': merge,
  'charts.merge_history': merge,

  ...analyticsColumns,

  ...buildColumns,
}
