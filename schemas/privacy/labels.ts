/**
 * The privacy labels: what kind of personal data there is, who may read it, why it is kept and how long.
 *
 * `fields.ts` gives one to every field of the records, `columns.ts` to every column of the tables; tests hold both to it,
 * so a new field or column without a label fails. Where data is combined, the combination carries the strictest label.
 * @module
 */

/**
 * Who may read: the DJ; everybody, once the DJ made the session public; the chart builder, and of what it makes only
 * aggregates over enough DJs get out; analysts, who get nothing but such aggregates; admins, who see what admins did.
 */
export type Audience = 'owner' | 'public-if-public' | 'charts' | 'analysts' | 'admins'

export interface PrivacyLabel {
  /** Category of the Fideslang taxonomy. */
  readonly category: string
  readonly audiences: readonly Audience[]
  /** Why it is kept. */
  readonly purpose: string
  readonly keep: RetentionRuleName
}

/** The numbers of the rules, as the settings in force have them. */
export interface RetentionLimits {
  /** Setting `SESSION_RETENTION_MONTHS`. */
  readonly sessionMonths: number
  /** Setting `AUDIT_RETENTION_DAYS`. */
  readonly auditDays: number
  /** Setting `LOG_RETENTION_HOURS`. */
  readonly logHours: number
  /** Setting `BACKUP_RETENTION_DAYS`. */
  readonly backupDays: number
}

/** Hours after which neither the event log nor a backup holds anything that was written before. */
export function suppressionHours({ logHours, backupDays }: RetentionLimits): number {
  return Math.max(logHours, backupDays * 24)
}

export interface RetentionRule {
  /** In plain words: `36 months after …`, `until …`. */
  readonly keeps: (limits: RetentionLimits) => string
  /** The tables that the rule empties. */
  readonly tables: readonly string[]
}

/** How long what is kept. */
export const retentionRules = {
  session: {
    keeps: ({ sessionMonths }) =>
      `${sessionMonths} months after the session was last received, or until its DJ deletes it; that it was deleted, until the account is erased`,
    tables: [
      'playlists.sessions',
      'playlists.session_choices',
      'playlists.public_sessions',
      'charts.contributions',
      'charts.bases',
      'charts.earlier_bases',
    ],
  },
  account: {
    keeps: () => 'until the account is erased',
    tables: ['playlists.profile_members', 'playlists.choice_history', 'charts.contributors'],
  },
  build: {
    keeps: () => 'until a later build of the charts has taken it in',
    tables: [
      'charts.changes',
      'charts.pending_take_backs',
      'charts.build_marks',
      'charts.build_changed',
      'charts.build_contributors',
      'charts.build_pairs',
      'charts.build_genre_pairs',
      'charts.build_genres',
      'charts.build_members',
      'charts.build_merged_plays',
      'charts.build_analytics_plays',
      'charts.build_analytics_items',
    ],
  },
  rotation: {
    keeps: () => 'until the new key is in use and the old one destroyed, seconds later',
    tables: ['charts.renewed_contributors', 'charts.renewed_sessions'],
  },
  suppression: {
    keeps: (limits) =>
      `that there was an erasure, ${suppressionHours(limits)} hours: as long as the event log or a backup may hold something older; that the account is closed or blocked, until its DJ begins anew or an admin lifts it`,
    tables: ['playlists.account_states', 'charts.tombstones'],
  },
  receipt: {
    keeps: ({ auditDays }) => `${auditDays} days after the erasure was complete`,
    tables: ['playlists.erasures'],
  },
  audit: {
    keeps: ({ auditDays }) => `${auditDays} days after it was done`,
    tables: ['audit.actions', 'audit.queries'],
  },
  decision: {
    keeps: ({ auditDays }) => `${auditDays} days after the decision, which itself stays and then names nobody`,
    tables: ['charts.merges', 'charts.merge_history'],
  },
  'as-its-row': { keeps: () => 'as long as what it names', tables: [] },
} as const satisfies Record<string, RetentionRule>

export type RetentionRuleName =
  | 'session'
  | 'account'
  | 'build'
  | 'rotation'
  | 'suppression'
  | 'receipt'
  | 'audit'
  | 'decision'
  | 'as-its-row'

const label = (
  category: string,
  audiences: readonly Audience[],
  keep: RetentionRuleName,
  purpose: string,
): PrivacyLabel => ({ category, audiences, purpose, keep })

const pseudonym = 'user.unique_id.pseudonymous'
const plays = 'user.behavior.media_consumption'

export const labels = {
  'owner-key': label(pseudonym, ['owner'], 'as-its-row', 'Names whose a row is, without the account id'),
  contributor: label(pseudonym, ['charts'], 'as-its-row', 'Counts each DJ once without telling who it is'),
  'contribution-session': label(
    pseudonym,
    ['charts'],
    'as-its-row',
    'Replaces what a session gave when it comes again',
  ),
  'renewed-pseudonym': label(
    pseudonym,
    ['charts'],
    'rotation',
    'Gives rows their new pseudonym while the key is rotated',
  ),
  'session-key': label(pseudonym, ['owner'], 'as-its-row', 'Names a session to its DJ'),
  'public-id': label(pseudonym, ['owner', 'public-if-public'], 'session', 'Address of a public playlist'),

  'session-id': label('user.content', ['owner'], 'session', 'Knows a session again when the software sends it again'),
  'session-name': label('user.content', ['owner', 'public-if-public'], 'session', 'What the DJ calls the session'),
  'session-start': label('user.behavior', ['owner', 'public-if-public'], 'session', 'When the DJ played'),
  'session-time': label('user.behavior', ['owner'], 'session', 'When the session ended, was edited and was received'),
  'session-choice': label('user.privacy_preferences', ['owner'], 'session', 'What the DJ chose for the session'),
  software: label('user.device', ['owner', 'charts', 'analysts'], 'session', 'Which software records the sessions'),
  'operating-system': label(
    'user.device',
    ['owner', 'charts', 'analysts'],
    'session',
    'Which systems the software runs on',
  ),
  computer: label('user.device', ['owner'], 'session', 'The computer, as the software tells it'),

  'play-id': label('user.content', ['owner'], 'session', 'Knows a play again'),
  'play-time': label(
    plays,
    ['owner', 'public-if-public', 'charts'],
    'session',
    'In which charts a play counts; its place in the set',
  ),
  'play-length': label(
    plays,
    ['owner', 'public-if-public', 'charts', 'analysts'],
    'session',
    'Whether a play is long enough to count',
  ),
  'play-detail': label(plays, ['owner'], 'session', 'What the software recorded of a play'),
  deck: label(plays, ['owner', 'public-if-public', 'charts', 'analysts'], 'session', 'How sets are mixed'),
  'track-identity': label(
    plays,
    ['owner', 'public-if-public', 'charts', 'analysts'],
    'session',
    'Counts the same track as one',
  ),
  'track-text': label(
    plays,
    ['owner', 'public-if-public', 'charts', 'analysts'],
    'session',
    'What is played: title, artist, record label',
  ),
  genre: label(plays, ['owner', 'charts', 'analysts'], 'session', 'In which genre charts a play counts'),
  'mix-tag': label(
    plays,
    ['owner', 'public-if-public', 'charts', 'analysts'],
    'session',
    'BPM, key and remixer of what is played',
  ),
  'track-tag': label(plays, ['owner', 'charts', 'analysts'], 'session', 'Year and bit rate of what is played'),
  'own-tag': label('user.content', ['owner'], 'session', "The DJ's own copies of the other tags"),
  file: label('user.content', ['owner'], 'session', "Name, size and length of the DJ's file, without its folder"),
  'contribution-hash': label(plays, ['charts'], 'session', 'Tells whether a DJ changed what they give to a chart'),
  'contribution-change': label(plays, ['charts'], 'build', 'Which charts may not wait for more DJs'),
  'play-count': label(plays, ['charts', 'analysts'], 'session', 'How often a DJ played a track'),

  'account-state': label(
    'user.privacy_preferences',
    ['owner', 'charts'],
    'suppression',
    'Keeps what was erased erased, and the account closed until its DJ begins anew',
  ),
  erasure: label('user.privacy_preferences', ['owner'], 'receipt', 'Shows to whom it concerns how far an erasure is'),
  'audit-entry': label(pseudonym, ['admins'], 'audit', 'Which admin did what to which account, by keyed hashes'),

  'analyst-entry': label(pseudonym, ['admins'], 'audit', 'Which analyst asked what, by a keyed hash'),

  editor: label(pseudonym, ['charts'], 'decision', 'Which editor merged tracks, for the other editors'),

  'display-name': label('user.name', ['owner', 'public-if-public'], 'account', 'Name on public playlists'),
  city: label('user.location.imprecise', ['owner'], 'account', 'Shown to the DJ; never reaches the chart builder'),
  region: label(
    'user.location.imprecise',
    ['owner', 'charts', 'analysts'],
    'account',
    'In which regional charts the plays count',
  ),
  'genre-preferences': label('user.content', ['owner', 'charts'], 'account', 'In which scenes the plays count'),
  choice: label('user.privacy_preferences', ['owner', 'charts'], 'account', 'Consent to contribute; objections'),
  // Name, city and the rest of the profile in one column: the strictest of their labels.
  'profile-member': label('user', ['owner'], 'account', 'The profile, one row a member'),
  'consent-record': label(
    'user.privacy_preferences',
    ['owner'],
    'account',
    'Proves each choice, when, and on which text',
  ),
} as const satisfies Record<string, PrivacyLabel>

export type LabelName = keyof typeof labels
