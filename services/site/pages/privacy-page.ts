/**
 * The privacy page: what is kept, why, how long and who sees it, in plain words.
 * @module
 */
import { type Html, html } from '../html.ts'
import type { Page } from './layout.ts'

export interface PrivacyFacts {
  readonly chartMinDjs: number
  readonly logRetentionHours: number
}

interface Kept {
  readonly what: string
  readonly fields: string
  readonly why: string
  readonly who: string
}

/** One row a kind of data, as the records in `schemas/records` have them. */
const kept: readonly Kept[] = [
  {
    what: 'Session',
    fields: 'name, start, end, when it was edited, ids that the software gave it',
    why: 'to show you your own history and to tell a session that is sent again from a new one',
    who: 'you; name and start also everybody, while you have made the session public',
  },
  {
    what: 'Tracks of a session',
    fields:
      'copies of the tags (artist, title, album, genre, label, BPM, key, remixer, composer, year, rating, track number, bit rate, sample rate, file name and size, length), deck, when and how long it was played, when the entry was edited',
    why: 'to show you what you played, and to count plays for charts where you chose to contribute',
    who: 'you; title, artist, label, BPM, key, remixer, deck and times also everybody, while you have made the session public',
  },
  {
    what: 'Software',
    fields: 'name and version',
    why: 'to read correctly what it sends',
    who: 'you',
  },
  {
    what: 'Computer',
    fields: 'operating system, processor, computer type',
    why: 'to understand what DJs use; not kept at all if you object to usage information',
    who: 'you',
  },
  {
    what: 'Profile',
    fields: 'display name, country, subdivision, city, preferred genres',
    why: 'the name for your public playlists, country and subdivision for charts by region, genres for charts by scene; the city reaches no chart',
    who: 'you; the display name also everybody who opens one of your public playlists',
  },
  {
    what: 'Choices',
    fields: 'each consent and objection, with its time and the version of the text you saw',
    why: 'to do as you chose, and to be able to show it',
    who: 'you',
  },
]

export function privacyPage({ chartMinDjs, logRetentionHours }: PrivacyFacts): Page {
  const body = html`<h1>Privacy</h1>
<p>Your sessions belong to you. They are private until you make one public, and they count in charts only if you choose to
contribute.</p>
<h2>What is kept, why, and who sees it</h2>
<div class="table"><table>
<caption>Nothing else of a session is kept</caption>
<thead><tr><th scope="col">Of</th><th scope="col">What</th><th scope="col">Why</th><th scope="col">Who sees it</th></tr></thead>
<tbody>
${kept.map(keptRow)}</tbody>
</table></div>
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
<dt>Your sessions, your profile and what is counted from them</dt><dd>Until you delete the session or change the choice.
When you stop contributing, your plays are taken out of what charts are counted from, and the charts follow.</dd>
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

function keptRow({ what, fields, why, who }: Kept): Html {
  return html`<tr><th scope="row">${what}</th><td>${fields}</td><td>${why}</td><td>${who}</td></tr>
`
}
