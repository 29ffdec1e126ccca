/**
 * All sessions of a DJ, newest first, with a search.
 * @module
 */
import { html } from '#platform/pages/html.ts'
import type { Page } from '#platform/pages/page.ts'
import type { OwnSessionSummary } from '#schemas/records/session.ts'
import type { Visit } from '../visit.ts'
import { ownPage } from './own-page.ts'
import { sessionTable } from './session-list.ts'

export interface SessionsShown {
  readonly sessions: readonly OwnSessionSummary[]
  readonly next?: string | undefined
  /** What was searched for; empty where nothing was. */
  readonly words: string
  /** Whether it is a page behind the first. */
  readonly isLater: boolean
  readonly wasRemoved: boolean
}

export function sessionsPage(shown: SessionsShown, visit: Visit): Page {
  const { sessions, next, words, isLater, wasRemoved } = shown
  const { texts, link } = visit.locale
  const { ownSessions } = texts
  const all = link('/me/sessions')
  const nothing = words === '' ? ownSessions.none : ownSessions.noneFound
  const older = new URLSearchParams({ ...(words === '' ? {} : { q: words }), cursor: next ?? '' })
  const body = html`${wasRemoved && html`<div class="notice" role="status"><p>${ownSessions.removed}</p></div>`}
<h1>${ownSessions.title}</h1>
<form class="own-search" role="search" action="${all}">
<label for="q">${ownSessions.search}</label>
<div><input id="q" type="search" name="q" value="${words}" maxlength="200"><button type="submit">${ownSessions.find}</button></div>
</form>
${
  sessions.length === 0
    ? html`<p>${nothing}</p><p>${
        words === ''
          ? html`<a class="button" href="${link('/me/upload')}">${ownSessions.toUpload}</a>`
          : html`<a class="button" href="${all}">${ownSessions.all}</a>`
      }</p>`
    : sessionTable(sessions, words === '' ? ownSessions.title : ownSessions.found(words), visit.locale)
}
<div class="own-pager">${isLater && html`<a href="${all}">${ownSessions.newest}</a>`}${
    next !== undefined && html`<a class="button" href="${`${all}?${older}`}">${ownSessions.older}</a>`
  }</div>`
  return ownPage({ part: 'sessions', title: ownSessions.title, body }, visit)
}
