/**
 * The page on which history files are dropped. Its script reads them; what the script says stands in the page as data, in the
 * language of the page.
 * @module
 */
import { html, jsonScript } from '#platform/pages/html.ts'
import type { Page } from '#platform/pages/page.ts'
import { ownScripts } from '../own-scripts.ts'
import type { Visit } from '../visit.ts'
import { ownPage } from './own-page.ts'

export function uploadPage({ hasToken }: { readonly hasToken: boolean }, visit: Visit): Page {
  const { locale, session, origin } = visit
  const { texts, link } = locale
  const { ownUpload } = texts
  const settings = {
    texts: ownUpload.script,
    tokenPath: link('/me/upload-token'),
    sessionsPath: link('/me/sessions'),
    formSecret: session.formSecret,
  }
  const body = html`<h1>${ownUpload.title}</h1>
<p class="lead">${ownUpload.lead}</p>
${
  hasToken
    ? html`<p>${ownUpload.where}</p>
<noscript><p class="notice">${ownUpload.noScript}</p></noscript>
<div id="upload">
<div class="own-drop" id="drop"><p><strong>${ownUpload.drop}</strong></p>
<p><span>${ownUpload.or}</span> <label class="button" for="files">${ownUpload.choose}</label>
<input class="spoken" id="files" type="file" multiple></p></div>
<label class="check"><input id="public" type="checkbox" aria-describedby="public-hint"> ${ownUpload.makePublic}</label>
<p class="hint" id="public-hint">${ownUpload.makePublicHint}</p>
<div id="progress" hidden><progress aria-label="${ownUpload.title}" max="1" value="0"></progress></div>
<p id="state" class="own-upload-state" role="status"></p>
<ul id="results" class="own-results"></ul>
</div>
${jsonScript('application/json', settings)}`
    : html`<div class="notice error"><p>${ownUpload.noToken}</p></div>`
}
<h2>${ownUpload.commandLine}</h2>
<p>${ownUpload.commandLineText}</p>
<pre tabindex="0"><code>npm run import -- ~/Music/_Serato_/History --url ${origin.origin} --token TOKEN</code></pre>`
  const scripts = hasToken ? [ownScripts.uploadHistory] : []
  return ownPage({ part: 'upload', title: ownUpload.title, body, width: 'text', scripts }, visit)
}
