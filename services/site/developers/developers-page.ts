/**
 * How DJ software sends sessions: the docs for its developers. Written in English in every language of the pages, and marked so.
 * @module
 */
import { type ProblemCode, problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { type ExampleName, examples } from './examples.ts'

/** Those that a client that sends sessions meets. */
const codesOfUploads: readonly ProblemCode[] = [
  ...(['unreadable-body', 'unauthorized', 'forbidden', 'under-age', 'account-erased', 'account-blocked'] as const),
  ...(['body-too-large', 'unsupported-media-type', 'nothing-accepted', 'too-many-requests'] as const),
  ...(['overloaded', 'log-unavailable'] as const),
]

export function developersPage(locale: Locale): Page {
  const { texts, link } = locale
  const body = html`<h1>${texts.developers.title}</h1>
<div lang="en" class="docs">
<p class="lead">One request sends a session, or a thousand. It is safe to send it again, and nothing that Tonearm should not have is kept.</p>
<nav aria-label="On this page"><ul class="links"><li><a href="#token">Token</a></li><li><a href="#request">Request</a></li>
<li><a href="#ids">Ids</a></li><li><a href="#answer">Answer</a></li><li><a href="#again">Sending again</a></li><li><a href="#live">While it is played</a></li>
<li><a href="#kept">What is kept</a></li><li><a href="#limits">Limits</a></li><li><a href="#errors">Errors</a></li><li><a href="${link('/developers/api')}">The whole API</a></li></ul></nav>

<h2 id="token">A token of the DJ's account</h2>
<p>Every request carries <code>Authorization: Bearer TOKEN</code>. The token is a JWT of the identity provider that the service is set
to: <code>sub</code> is the account and <code>scope</code> holds <code>dj</code>. Your software gets it as an OpenID Connect client, by the
authorization code flow with PKCE, and renews it by itself. On a service of your own, <code>npm run -s token -- --sub NAME --scope dj</code> prints one.</p>
<p>Nothing in a session opts an account into charts. That is a choice the DJ makes on the pages, and a session can only keep itself out of them
(<code>"contributeToCharts": false</code>).</p>

<h2 id="request">The request</h2>
<p><code>POST /v1/sessions</code> takes one session, <code>{"sessions": […]}</code>, or NDJSON with a session a line
(<code>application/x-ndjson</code>); plain or with <code>Content-Encoding: gzip</code>. Only <code>id</code>, <code>startedAt</code> and each
track's <code>id</code> are required. Times are RFC 3339 with an offset. Members that are not known are ignored, and not kept.</p>
${example('send-session.sh', 'With curl')}
${example('send-sessions.mjs', 'With JavaScript')}
<p>Send tags as your database has them: a track is the same track however its tags are typed, and a BPM of 9,000 or a year of 9999 is left out with a
warning. <code>id3</code> may carry the file's ID3v2 tag in base64; it fills the tags that you do not send. A track without
<code>startedAt</code> has the session's; without <code>played</code> it was played. Set <code>"played": false</code> for what was only
loaded or cued.</p>

<h2 id="ids">Ids</h2>
<p>A session is identified by <code>historyId</code> and <code>id</code> together, for ids start anew on each computer: send the id of your
history database as <code>historyId</code>, made once at random, and keep the session's <code>id</code> in it. Track ids are the session's own.
Answers name a session by an opaque <code>key</code>; <code>PATCH</code> and <code>DELETE /v1/sessions/{key}</code> take it.</p>
${example('read-sessions.sh', 'What has arrived')}

<h2 id="answer">The answer</h2>
<p><code>202</code> comes once what is accepted is durable, with <code>accepted</code> and <code>rejected</code>, session by session. Each rejection has the
index of the session in the request, a <code>code</code>, and <code>errors</code> with JSON Pointers to what is wrong. What is wrong with a tag never rejects a
session; it is in <code>warnings</code>. When no session was accepted, the answer is <code>422</code> with the same lists. Correct what was rejected before you send it
again: the same session will be rejected again.</p>

<h2 id="again">Sending again</h2>
<p>Sending a session again replaces it whole, and sending it twice changes nothing. So when an answer got lost, or was <code>503</code>, send the request again
after as many seconds as <code>Retry-After</code> says; after <code>429</code> too. What the DJ chose on the pages (name, visibility, contribution) holds: sending a session again may
make it more private, never less. A session that its DJ deleted stays deleted, unless you send <code>"undelete": true</code> because the DJ asked for it.</p>

<h2 id="live">While it is played</h2>
<p>Send the session after each track, without <code>endedAt</code>, and once more with it at the end. Where the session is public
(<code>"visibility": "public"</code>; private is the default), its page grows while it is played. It counts as going on until <code>endedAt</code> has passed, or
when neither a new track nor a new version of it came for half an hour.</p>

<h2 id="kept">What is kept, and what not to send</h2>
<p>Of a session and its tracks the members of the <a href="${link('/developers/api')}#POST-v1-sessions">schema</a> are kept and nothing else. Of <code>fileName</code> only the last part is
kept. Paths, comments, pictures, other ID3 frames and positions are dropped before anything is written, so do not send them. <code>system</code> is kept only as long as the DJ
does not object to usage information. <a href="${link('/privacy')}">Privacy</a> says what is kept, why, and how long.</p>

<h2 id="limits">Limits</h2>
<ul>
<li>32 MiB a request after decompression, and 1,000 sessions: over it, <code>413</code>, and nothing of it is taken.</li>
<li>5,000 tracks a session, 1,000 characters a text of a session: over it, that session is rejected.</li>
<li>1,000 characters a tag, 1 MiB an ID3 block, 1,000 blocks a request: over it, left out with a warning.</li>
<li>600 requests a minute for an account, unless the service is set otherwise: over it, <code>429</code> with <code>Retry-After</code>. A history of years fits into a few requests.</li>
</ul>

<h2 id="errors">Errors</h2>
<p>Errors are <code>application/problem+json</code> (RFC 9457). <code>code</code> is for your program, <code>detail</code> for your log; neither ever repeats what you sent.</p>
<div class="table"><table>
<thead><tr><th scope="col" class="number">Status</th><th scope="col">Code</th><th scope="col">What it means</th></tr></thead>
<tbody>
${codesOfUploads.map((code) => problemRow(code, locale))}</tbody>
</table></div>

<h2 id="charts">Reading charts</h2>
<p>Charts, tracks, public sessions and the search need no token, may be read from the pages of every site, and carry an <code>ETag</code>.</p>
${example('read-chart.mjs', 'The newest chart')}
</div>`
  return {
    title: texts.developers.title,
    description: texts.developers.description,
    body,
    canonicalPath: '/developers',
    width: 'text',
  }
}

function example(name: ExampleName, title: string): Html {
  return html`<h3>${title}</h3>
<pre tabindex="0" aria-label="${title}"><code>${examples.get(name)}</code></pre>`
}

function problemRow(code: ProblemCode, { link }: Locale): Html {
  const { status, explanation } = problemCatalogue[code]
  return html`<tr><td class="number">${status}</td><td><a href="${link(`/problems/${code}`)}"><code>${code}</code></a></td><td>${explanation}</td></tr>\n`
}
