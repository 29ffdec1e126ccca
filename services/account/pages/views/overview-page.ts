/**
 * The first of a DJ's pages: whether their plays count, and their newest sessions.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Page } from '#platform/pages/page.ts'
import type { ClosedReason } from '#platform/store/account-states.ts'
import type { Profile } from '#schemas/records/profile.ts'
import type { OwnSessionSummary } from '#schemas/records/session.ts'
import type { Visit } from '../visit.ts'
import { formSecret, type Outcome, ownPage } from './own-page.ts'
import { sessionTable } from './session-list.ts'

export interface OverviewShown {
  readonly profile: Profile
  readonly sessions: readonly OwnSessionSummary[]
  /** Why uploads of the account are refused, if they are. */
  readonly closed: ClosedReason | undefined
  readonly outcome?: Outcome | undefined
}

export function overviewPage({ profile, sessions, closed, outcome }: OverviewShown, visit: Visit): Page {
  const { texts, link } = visit.locale
  const { own, ownSessions } = texts
  const { displayName, choices } = profile
  const body = html`<h1>${displayName === null ? own.welcome : html`${own.welcomeTo} <bdi>${displayName}</bdi>`}</h1>
${closed !== undefined && closedNotice(closed, visit)}
<div class="card own-state"><p class="lead">${choices.charts ? own.contributing : own.notContributing}</p>
<p><a href="${link('/me/choices')}">${choices.charts ? own.changeChoices : own.toChoices}</a></p></div>
<h2>${own.newest}</h2>
${
  sessions.length === 0
    ? html`<p>${ownSessions.none}</p><p><a class="button primary" href="${link('/me/upload')}">${ownSessions.toUpload}</a></p>`
    : html`${sessionTable(sessions, own.newest, visit.locale)}
<p><a href="${link('/me/sessions')}">${own.allSessions}</a></p>`
}`
  return ownPage({ part: 'overview', title: own.welcome, body, outcome }, visit)
}

/** What closed it, and for one that its DJ closed, the way to begin anew. */
function closedNotice(reason: ClosedReason, { locale: { texts, link }, session }: Visit): Html {
  return html`<div class="notice error"><p>${texts.own.closed[reason]}</p>
${
  reason === 'account-erased' &&
  html`<form method="post" action="${link('/me/begin')}">${formSecret(session.formSecret)}<button type="submit">${texts.own.beginAnew}</button></form>`
}</div>`
}
