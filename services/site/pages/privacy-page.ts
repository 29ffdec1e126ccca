/**
 * The privacy page: what is kept, why, how long and who sees it, from the labels that the code is held to, with the numbers
 * of the settings in force; and what a DJ can do about it.
 * @module
 */

import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { type RetentionLimits, suppressionHours } from '#schemas/privacy/labels.ts'
import { privacyTables } from './privacy-tables.ts'

/** Settings that the page tells of. */
export interface PrivacyFacts {
  readonly chartMinDjs: number
  readonly chartMinChangedDjs: number
  readonly takeBackHoursMax: number
  readonly limits: RetentionLimits
}

export function privacyPage(facts: PrivacyFacts, _locale: Locale): Page {
  const body = html`<h1>Privacy</h1>
<p>Your sessions belong to you. They are private until you make one public, and they count in charts only if you choose to
contribute.</p>
<h2>What is kept, why, and who sees it</h2>
${privacyTables(facts.limits)}
<h2>What is never kept</h2>
<p>Folders and paths, comments, pictures and all other parts of music files, your precise position, your address on the
network, your date of birth, and whatever else a program sends that is not in the lists above. It is dropped before anything
is written. The name or number that you sign in with is not kept either: a pseudonym computed with a secret key stands in
its place.</p>
<h2>How charts are made</h2>
<p>What charts are counted from does not hold your account, but a pseudonym that is computed with a secret key and used for
nothing else. Of your profile only region and genre preferences get there, never the city. Charts and entries that fewer
than ${facts.chartMinDjs} DJs stand behind are not shown, and a text is shown only in a form that at least as many DJs share.
A new version of a chart comes when at least ${facts.chartMinChangedDjs} DJs changed what they give to it, so that nobody
can see one DJ's set in the difference. Everybody sees the charts; they, and tables of numbers over enough DJs, are all that
others can download.</p>
${howLong(facts)}
${rights(facts)}
<h2>Nobody under 16</h2>
<p>Nobody under 16 may have an account. A date of birth that is sent is checked and not kept. Where it says under 16, the
account's data is erased, and its uploads are refused until an admin lifts that. A guardian can ask for an erasure.</p>
<h2>What those who run the service can do</h2>
<p>On your written request an admin can export, correct or erase an account's data, and can block uploads of an account. An
admin also decides which tracks are one. What an admin did stands in an audit trail for ${facts.limits.auditDays} days, in
which accounts are named only by keyed hashes.</p>
<h2>Backups</h2>
<p>Backups are encrypted, are used for nothing but bringing back what was lost, and expire after ${facts.limits.backupDays}
days. When one is restored, every account that was erased since is erased again before anything is served.</p>
<h2>Cookies</h2>
<p>None. These pages load nothing from elsewhere, keep nothing on your computer and measure nobody.</p>`
  return {
    title: 'Privacy',
    description: 'What is kept, why, how long, and who sees it.',
    body,
    canonicalPath: '/privacy',
    width: 'text',
  }
}

function howLong({ limits, takeBackHoursMax }: PrivacyFacts): Html {
  return html`<h2>How long</h2>
<dl>
<dt>Your sessions</dt><dd>${limits.sessionMonths} months after your software last sent them, whenever you played them. Sending a
session again begins that time anew.</dd>
<dt>What counts in charts</dt><dd>As long as its session, and until you stop contributing: your plays are then taken out of
what charts are counted from at once, and the charts follow within ${takeBackHoursMax} hours.</dd>
<dt>Your profile and your choices</dt><dd>Until you erase the account: each choice is kept with its time and the text that was
shown, to prove it.</dd>
<dt>What you send, on its way into the store</dt><dd>${limits.logHours} hours.</dd>
<dt>That an account was erased</dt><dd>${suppressionHours(limits)} hours, as a pseudonym, so that nothing older comes back from
elsewhere. That it is closed or blocked stays until that ends.</dd>
<dt>Receipts of erasures, and the audit trail</dt><dd>${limits.auditDays} days.</dd>
<dt>Backups</dt><dd>${limits.backupDays} days.</dd>
<dt>Published charts</dt><dd>They stay: they hold no personal data. Once sessions behind a chart have reached their time, it stays
as it is.</dd>
</dl>
<p>What you delete or replace is gone from every answer within seconds, and from the disk with the next clean-up.</p>`
}

function rights({ takeBackHoursMax }: PrivacyFacts): Html {
  return html`<h2>What you can do</h2>
<ul>
<li><strong>Choose.</strong> Make a session private or public, rename it, leave it out of charts, or delete it. What you chose
holds when your software sends the session again.</li>
<li><strong>Contribute, and stop at any time.</strong> The charts follow within ${takeBackHoursMax} hours, old ones too, as
long as their sessions are kept.</li>
<li><strong>Object.</strong> To statistics: your plays are then in no numbers that analysts read. To usage information: your
system, processor and computer type are then not kept at all.</li>
<li><strong>See.</strong> All your sessions, and for each play whether it counts and why not. An export gives you everything
that is held on your account in one file.</li>
<li><strong>Correct.</strong> Your profile and the names of your sessions; a session that is sent again replaces the one before.</li>
<li><strong>Erase everything.</strong> You get a receipt, and with it can follow the erasure until it is complete: no row and
no file left, charts made without you. Your account stays closed until you begin anew.</li>
</ul>
<p>Your DJ software may offer all of this; the <a href="/openapi.json">API</a> does.</p>`
}
