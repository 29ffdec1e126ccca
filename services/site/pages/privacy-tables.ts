/**
 * The tables of the privacy page: what is kept, why, who sees it and how long, one row a label. A label cannot be missing
 * in them, for they are made of all there are.
 * @module
 */

import { type Html, html } from '#platform/pages/html.ts'
import { type FieldLabel, profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import {
  type Audience,
  type LabelName,
  labels,
  type PrivacyLabel,
  type RetentionLimits,
  retentionRules,
} from '#schemas/privacy/labels.ts'

/** Audiences of the labels in words. */
export const audienceWords: Readonly<Record<Audience, string>> = {
  owner: 'you',
  'public-if-public': 'everybody, while you have made the session public',
  charts: 'charts, if you contribute: under a pseudonym, and only what enough DJs share is shown',
  analysts: 'analysts, only as numbers over enough DJs, unless you object',
  admins: 'those who run the service',
}

/** What no program sends: made here, so no field names it. Labels without words here are told by their own name. */
const derivedWords: Partial<Record<LabelName, string>> = {
  'owner-key': 'the pseudonym that your own data is kept under',
  contributor: 'the pseudonym that you count under in charts',
  'contribution-session': 'the pseudonym of each session that counts in charts',
  'contribution-hash': 'for each chart a number made of what you give to it',
  'contribution-change': 'that you took something back, until the charts have followed',
  'play-count': 'how often you played a track, while charts are counted',
  'account-state': 'whether your account was erased, is closed or blocked',
  erasure: 'the receipt of an erasure: its state, its times, the charts it reached',
  'audit-entry': 'what admins did, with keyed hashes in place of accounts',
  editor: 'the pseudonym of an editor who decided which tracks are one',
  'profile-member': 'all of the profile above, one row a member',
}

export function privacyTables(limits: RetentionLimits): Html {
  const named = new Set<string>([...Object.values(sessionFields), ...Object.values(profileFields)])
  // Every name of a label is one.
  const rest = (Object.keys(labels) as LabelName[]).filter((name) => !named.has(name))
  return html`${keptTable('Of a session; nothing else of it is kept', byLabel(sessionFields), limits)}
${keptTable('Of your profile; nothing else of it is kept', byLabel(profileFields), limits)}
${keptTable(
  'What is made of it, and what the rights below need',
  new Map(rest.map((name) => [name, [derivedWords[name] ?? name.replaceAll('-', ' ')]])),
  limits,
)}`
}

/** The fields that are kept, by their label. */
function byLabel(fields: Readonly<Record<string, FieldLabel>>): Map<LabelName, string[]> {
  const words = new Map<LabelName, string[]>()
  for (const [path, name] of Object.entries(fields)) {
    if (name === 'not-kept' || name === 'operational') continue
    words.set(name, [...(words.get(name) ?? []), fieldInWords(path)])
  }
  return words
}

function keptTable(caption: string, words: ReadonlyMap<LabelName, readonly string[]>, limits: RetentionLimits): Html {
  return html`<div class="table"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col">What</th><th scope="col">Why</th><th scope="col">Who sees it</th><th scope="col">How long</th></tr></thead>
<tbody>
${[...words].map(([name, what]) => keptRow(what, labels[name], limits))}</tbody>
</table></div>`
}

function keptRow(words: readonly string[], { purpose, audiences, keep }: PrivacyLabel, limits: RetentionLimits): Html {
  const who = audiences.map((audience) => audienceWords[audience]).join('; ')
  const howLong = retentionRules[keep].keeps(limits)
  return html`<tr><td>${words.join(', ')}</td><td>${purpose}</td><td>${who}</td><td>${howLong}</td></tr>
`
}

/** `tracks[].tags.trackNumber` → `track number`, `tracks[].startedAt` → `track: started at`. */
export function fieldInWords(path: string): string {
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
