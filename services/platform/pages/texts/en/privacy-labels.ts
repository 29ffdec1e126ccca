/**
 * What the tables of the privacy page say of each label, rule and field. In English it is what the labels themselves say.
 * @module
 */
import { profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import {
  type Audience,
  type LabelName,
  labels,
  type RetentionLimits,
  type RetentionRuleName,
  retentionRules,
} from '#schemas/privacy/labels.ts'

/** What no program sends: made here, so no field names it. Labels without words here are told by their own name. */
const derived = {
  'owner-key': 'the pseudonym that your own data is kept under',
  contributor: 'the pseudonym that you count under in charts',
  'contribution-session': 'the pseudonym of each session that counts in charts',
  'contribution-hash': 'for each chart a number made of what you give to it',
  'contribution-change': 'that you took something back, until the charts have followed',
  'play-count': 'how often you played a track, while charts are counted',
  'renewed-pseudonym': 'your new pseudonyms, while keys are changed',
  'account-state': 'whether your account was erased, is closed or blocked',
  erasure: 'the receipt of an erasure: its state, its times, the charts it reached',
  'audit-entry': 'what admins did, with keyed hashes in place of accounts',
  'analyst-entry': 'what analysts asked, with keyed hashes in place of accounts',
  editor: 'the pseudonym of an editor who decided which tracks are one',
  'profile-member': 'all of the profile above, one row a member',
}

// All keys are those of the labels and rules.
const purposes = Object.fromEntries(Object.entries(labels).map(([name, { purpose }]) => [name, purpose])) as Readonly<
  Record<LabelName, string>
>
const keeps = Object.fromEntries(Object.entries(retentionRules).map(([name, rule]) => [name, rule.keeps])) as Readonly<
  Record<RetentionRuleName, (limits: RetentionLimits) => string>
>

const audiences: Readonly<Record<Audience, string>> = {
  owner: 'you',
  'public-if-public': 'everybody, while you have made the session public',
  charts: 'charts, if you contribute: under a pseudonym, and only what enough DJs share is shown',
  analysts: 'analysts, only as numbers over enough DJs, unless you object',
  admins: 'those who run the service',
}

/** `tracks[].tags.trackNumber` → `track number`, `tracks[].startedAt` → `track: started at`. */
function fieldInWords(path: string): string {
  const segments = path.replaceAll('[]', '').split('.')
  const last = segments.at(-1) ?? path
  const words =
    last === 'bpm' || last === 'os'
      ? last.toUpperCase()
      : last.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const group = segments.at(-2)
  if (group === undefined || group === 'tags' || group === 'location') return words
  return `${group === 'tracks' ? 'track' : group}: ${words}`
}

const fields: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys({ ...sessionFields, ...profileFields }).map((path) => [path, fieldInWords(path)]),
)

export const privacyLabelTexts = { derived, purposes, keeps, audiences, fields }
