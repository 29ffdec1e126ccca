/**
 * The privacy page: what is kept, why, how long and who sees it, from the labels that the code is held to.
 * @module
 */
import { type FieldLabel, profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import {
  type Audience,
  type LabelName,
  labels,
  type PrivacyLabel,
  type RetentionRuleName,
  retentionRules,
} from '#schemas/privacy/labels.ts'
import { type Html, html } from '../html.ts'
import type { Page } from './layout.ts'

export interface PrivacyFacts {
  readonly chartMinDjs: number
  readonly logRetentionHours: number
}

/** Audiences of the labels in words. */
const audienceWords: Readonly<Record<Audience, string>> = {
  owner: 'you',
  'public-if-public': 'everybody, while you have made the session public',
  charts: 'charts, if you contribute: under a pseudonym, and only what enough DJs share is shown',
  analysts: 'analysts, only as numbers over enough DJs, unless you object',
  admins: 'those who run the service',
}

/** Retention rules of the labels in words. */
const keepWords: Readonly<Record<RetentionRuleName, string>> = {
  session: retentionRules.session.until,
  account: `until ${retentionRules.account.until}`,
  build: `until ${retentionRules.build.until}`,
  suppression: `until ${retentionRules.suppression.until}`,
  receipt: `until ${retentionRules.receipt.until}`,
  audit: `until ${retentionRules.audit.until}`,
  decision: `until ${retentionRules.decision.until}`,
  'as-its-row': 'as long as what it names',
}

export function privacyPage({ chartMinDjs, logRetentionHours }: PrivacyFacts): Page {
  const body = html`<h1>Privacy</h1>
<p>Your sessions belong to you. They are private until you make one public, and they count in charts only if you choose to
contribute.</p>
<h2>What is kept, why, and who sees it</h2>
${keptTable('Of a session', sessionFields)}
${keptTable('Of your profile', profileFields)}
<h2>What is never kept</h2>
<p>Folders and paths, comments, pictures and all other parts of music files, your precise position, your address on the
network, your date of birth, and whatever else a program sends that is not in the list above. It is dropped before anything
is written.</p>
<h2>How charts are made</h2>
<p>What charts are counted from does not hold your account, but a pseudonym that is computed with a secret key and used for
nothing else. Charts and entries that fewer than ${chartMinDjs} DJs stand behind are not shown. A text is shown only in a form
that at least as many DJs share. Everybody sees the charts.</p>
<h2>How long</h2>
<dl>
<dt>What you send, on its way into the store</dt><dd>${logRetentionHours} hours.</dd>
<dt>What counts in charts</dt><dd>As long as its session, and until you stop contributing: your plays are then taken out of
what charts are counted from, and the charts follow.</dd>
<dt>Published charts</dt><dd>They stay: they hold no personal data.</dd>
</dl>
<h2>What you can do</h2>
<ul>
<li>Make a session private or public, rename it, leave it out of charts, or delete it.</li>
<li>Contribute to charts, and stop at any time.</li>
<li>Object to statistics and to usage information.</li>
<li>See all your sessions, and for each play whether it counts and why not.</li>
</ul>
<p>Nobody under 16 may have an account.</p>`
  return {
    title: 'Privacy',
    description: 'What is kept, why, how long, and who sees it.',
    body,
    canonicalPath: '/privacy',
  }
}

/** One row a label, with all fields that carry it: a field that is kept cannot be missing here. */
function keptTable(caption: string, fields: Readonly<Record<string, FieldLabel>>): Html {
  const byLabel = new Map<LabelName, string[]>()
  for (const [path, name] of Object.entries(fields)) {
    if (name === 'not-kept' || name === 'operational') continue
    byLabel.set(name, [...(byLabel.get(name) ?? []), fieldInWords(path)])
  }
  return html`<div class="table"><table>
<caption>${caption}; nothing else of it is kept</caption>
<thead><tr><th scope="col">What</th><th scope="col">Why</th><th scope="col">Who sees it</th><th scope="col">How long</th></tr></thead>
<tbody>
${[...byLabel].map(([name, words]) => keptRow(words, labels[name]))}</tbody>
</table></div>`
}

function keptRow(words: readonly string[], { purpose, audiences, keep }: PrivacyLabel): Html {
  const who = audiences.map((audience) => audienceWords[audience]).join('; ')
  return html`<tr><td>${words.join(', ')}</td><td>${purpose}</td><td>${who}</td><td>${keepWords[keep]}</td></tr>
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
