/**
 * The register of processing (as GDPR, article 30, asks for one), made from the privacy labels: a label, a field or a table
 * cannot be missing in it. What no label knows, such as the name of the controller or the legal ground, is for whoever runs
 * the service to add.
 * @module
 */
import { columns } from '#schemas/privacy/columns.ts'
import { type FieldLabel, playlistFields, profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import {
  type Audience,
  type LabelName,
  labels,
  type RetentionLimits,
  type RetentionRuleName,
  retentionRules,
} from '#schemas/privacy/labels.ts'

export interface RegisterEntry {
  readonly label: LabelName
  /** Fields of the records, `session: tracks[].tags.title`; none where the service makes it itself. */
  readonly fields: readonly string[]
  /** Category of the Fideslang taxonomy. */
  readonly category: string
  readonly purpose: string
  readonly audiences: readonly Audience[]
  /** Who gets it from the service, besides the person it is about. */
  readonly recipients: readonly string[]
  readonly retentionRule: RetentionRuleName
  readonly kept: string
  /** Columns, `playlists.sessions.started_at`. */
  readonly columns: readonly string[]
  readonly safeguards: readonly string[]
}

export interface Register {
  readonly limits: RetentionLimits
  readonly entries: readonly RegisterEntry[]
  readonly retention: readonly {
    readonly rule: RetentionRuleName
    readonly kept: string
    readonly tables: readonly string[]
  }[]
  /** Fields that are used and dropped before anything is written. */
  readonly notKept: readonly string[]
  readonly safeguards: readonly string[]
}

const recordFields: readonly (readonly [string, Readonly<Record<string, FieldLabel>>])[] = [
  ['session', sessionFields],
  ['profile', profileFields],
  ['playlist', playlistFields],
]

/** Everybody but the person: an empty text where an audience is nobody outside. */
const recipientOf: Readonly<Record<Audience, string>> = {
  owner: '',
  'public-if-public': 'everybody, while its DJ has made the session public',
  charts: 'everybody, only in charts over enough accounts',
  analysts: 'analysts, only in aggregates over enough accounts',
  admins: 'those who run the service',
}

const safeguardOf: Readonly<Record<Audience, string>> = {
  owner: 'under a keyed pseudonym of the account; read by its own token only',
  'public-if-public': 'private until its DJ chooses otherwise; found by a pseudonym of its own',
  charts:
    'under a pseudonym with a key of its own that rotates; only with consent; nothing below the least number shown',
  analysts: 'only over enough accounts; the DJ may object',
  admins: 'keyed hashes in place of accounts',
}

/** What holds for all data. */
const safeguards = [
  'The account id is written nowhere: keyed pseudonyms (HMAC-SHA-256, keys by HKDF), a key for each use.',
  'What may not be kept is dropped before anything is written.',
  'Transport is encrypted by TLS, in the process or before it; backups are encrypted, expire, and what was erased since is erased again when one is restored.',
  'Each endpoint asks for a token with its scope; what admins do stands in an audit trail.',
  'An erasure reaches every table, the event log, dead letters and charts, and proves it with a receipt.',
  'Deleted and replaced rows leave the disk.',
  'Log lines hold listed fields only, none of them personal.',
] as const

/** The register, in the order of the labels; the same labels and limits give the same register. */
export function makeRegister(limits: RetentionLimits): Register {
  // The keys of both are their names.
  const labelNames = Object.keys(labels) as LabelName[]
  const ruleNames = Object.keys(retentionRules) as RetentionRuleName[]
  return {
    limits,
    entries: labelNames.map((label) => {
      const { category, purpose, audiences, keep } = labels[label]
      return {
        label,
        fields: fieldsWith(label),
        category,
        purpose,
        audiences,
        recipients: audiences.map((audience) => recipientOf[audience]).filter((text) => text !== ''),
        retentionRule: keep,
        kept: retentionRules[keep].keeps(limits),
        columns: columnsWith(label),
        safeguards: audiences.map((audience) => safeguardOf[audience]),
      }
    }),
    retention: ruleNames.map((rule) => {
      const { keeps, tables } = retentionRules[rule]
      return { rule, kept: keeps(limits), tables }
    }),
    notKept: fieldsWith('not-kept'),
    safeguards,
  }
}

function fieldsWith(label: FieldLabel): string[] {
  return recordFields.flatMap(([record, fields]) =>
    Object.entries(fields).flatMap(([path, name]) => (name === label ? [`${record}: ${path}`] : [])),
  )
}

function columnsWith(label: LabelName): string[] {
  return Object.entries(columns).flatMap(([table, ofTable]) =>
    Object.entries(ofTable).flatMap(([column, name]) => (name === label ? [`${table}.${column}`] : [])),
  )
}
