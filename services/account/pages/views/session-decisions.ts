/**
 * What a DJ may decide for a session, each a form of its own; and the question before it is deleted.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Page } from '#platform/pages/page.ts'
import { TEXT_LENGTH_MAX } from '#schemas/records/limits.ts'
import type { OwnSession } from '#schemas/records/session.ts'
import type { Visit } from '../visit.ts'
import { formSecret, ownPage } from './own-page.ts'

export function sessionDecisions(
  session: OwnSession,
  { isNameRefused }: { readonly isNameRefused: boolean },
  { locale, session: { formSecret: secret } }: Visit,
): Html {
  const { texts, link } = locale
  const { ownSessions } = texts
  const { key, name, visibility, contributeToCharts, publicId } = session
  const action = link(`/me/sessions/${key}`)
  const isPublic = visibility === 'public'
  const choice = (field: string, value: string, words: string) =>
    html`<form method="post" action="${action}">${formSecret(secret)}<input type="hidden" name="${field}" value="${value}"><button type="submit">${words}</button></form>`
  return html`<div class="no-print"><h2 id="decide">${ownSessions.decide}</h2>
<form class="field" method="post" action="${action}">${formSecret(secret)}
<label for="name">${ownSessions.name}</label>
<input id="name" type="text" name="name" value="${name ?? ''}" maxlength="${TEXT_LENGTH_MAX}" aria-describedby="name-hint"${isNameRefused && html` aria-invalid="true"`}>
<p class="${isNameRefused ? 'error' : 'hint'}" id="name-hint">${isNameRefused ? ownSessions.nameError : ownSessions.nameHint}</p>
<div><button type="submit">${ownSessions.rename}</button></div>
</form>
<div class="own-decision">
<p>${ownSessions.facts.visibility}: <strong>${ownSessions.visibility[visibility]}</strong></p>
<p class="hint">${isPublic ? ownSessions.publicHint : ownSessions.privateHint}</p>
${choice('visibility', isPublic ? 'private' : 'public', isPublic ? ownSessions.makePrivate : ownSessions.makePublic)}
${publicId !== undefined && html`<p><a href="${link(`/playlists/${publicId}`)}">${ownSessions.publicPage}</a></p>`}
${!isPublic && html`<p class="hint">${ownSessions.publicHint}</p>`}
</div>
<div class="own-decision">
<p>${ownSessions.facts.charts}: <strong>${contributeToCharts ? ownSessions.inCharts : ownSessions.leftOut}</strong></p>
${choice('contributeToCharts', contributeToCharts ? 'no' : 'yes', contributeToCharts ? ownSessions.leaveOut : ownSessions.takeIn)}
${contributeToCharts && html`<p class="hint">${ownSessions.leaveOutHint}</p>`}
</div>
<p class="own-decision"><a href="${link(`/me/sessions/${key}/delete`)}">${ownSessions.remove}</a></p></div>`
}

/** Asks before it deletes. */
export function deleteSessionPage({ key, name }: OwnSession, visit: Visit): Page {
  const { texts, link } = visit.locale
  const { ownSessions } = texts
  const path = `/me/sessions/${key}/delete`
  const body = html`<h1>${ownSessions.removeTitle}</h1>
<p class="lead"><bdi>${name ?? ownSessions.unnamed}</bdi></p>
<p>${ownSessions.removeText}</p>
<form class="own-actions" method="post" action="${link(path)}">${formSecret(visit.session.formSecret)}
<button type="submit" class="danger">${ownSessions.removeYes}</button>
<a class="button" href="${link(`/me/sessions/${key}`)}">${ownSessions.removeNo}</a>
</form>`
  return ownPage({ part: 'sessions', title: ownSessions.removeTitle, path, body, width: 'text' }, visit)
}
