/**
 * One session of a DJ: everything that is kept of it, what became of each play, and what may be decided.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import type { OwnSession } from '#schemas/records/session.ts'
import type { WhyNot } from '#schemas/records/track-play.ts'
import type { Visit } from '../visit.ts'
import { type Outcome, ownPage } from './own-page.ts'
import { playTable } from './play-table.ts'
import { sessionDecisions } from './session-decisions.ts'

/** Tracks of one page: all of their fields stand in it, and a session may have thousands. */
export const TRACKS_PER_PAGE = 50

export interface SessionShown {
  readonly session: OwnSession
  /** Place of the first track that is shown, from 0. */
  readonly from: number
  readonly outcome?: Outcome | undefined
  /** Whether the name that was sent cannot be one. */
  readonly isNameRefused?: boolean
}

export function sessionPage(shown: SessionShown, visit: Visit): Page {
  const { session, from, outcome, isNameRefused = false } = shown
  const { locale } = visit
  const { texts, formats, link } = locale
  const { ownSessions } = texts
  const { key, name, startedAt, tracks } = session
  const title = name ?? ownSessions.unnamed
  const body = html`<nav class="path" aria-label="${ownSessions.title}"><ol><li><a href="${link('/me/sessions')}">${ownSessions.back}</a></li></ol></nav>
<h1><bdi>${title}</bdi></h1>
<p class="soft"><time datetime="${startedAt}">${formats.dateTime(startedAt)}</time> ${ownSessions.utc} · ${formats.plural(tracks.length, ownSessions.trackCount)}</p>
<p class="own-jump no-print"><a href="#decide">${ownSessions.toDecisions}</a></p>
<div class="with-side">
<div>
${verdict(session, locale)}
${playTable(tracks.slice(from, from + TRACKS_PER_PAGE), locale)}
${pager(session, from, locale)}
</div>
<aside class="side">
${sessionDecisions(session, { isNameRefused }, visit)}
<h2>${ownSessions.allFacts}</h2>
${facts(session, locale)}
</aside>
</div>`
  return ownPage({ part: 'sessions', title, path: `/me/sessions/${key}`, body, outcome }, visit)
}

/** How many plays count, and for each reason how many do not. */
function verdict({ tracks }: OwnSession, { texts: { ownSessions }, formats }: Locale): Html {
  const reasons = new Map<WhyNot, number>()
  for (const { whyNot } of tracks) if (whyNot !== undefined) reasons.set(whyNot, (reasons.get(whyNot) ?? 0) + 1)
  const counted = tracks.filter((track) => track.counted).length
  const share = tracks.length === 0 ? 0 : (100 * counted) / tracks.length
  return html`<p class="lead">${ownSessions.counted(formats.count(counted), formats.count(tracks.length))}</p>
<svg class="own-share" viewBox="0 0 100 1" width="100" height="8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="own-share-all" width="100" height="1"/><rect class="own-share-counted" width="${share.toFixed(2)}" height="1"/></svg>
${
  reasons.size > 0 &&
  html`<p>${ownSessions.notCounted}</p>
<ul class="own-reasons">${[...reasons].map(([reason, count]) => html`<li><b>${formats.count(count)}</b> <span>${ownSessions.whyNot[reason]}</span></li>\n`)}</ul>`
}`
}

function pager({ key, tracks }: OwnSession, from: number, { texts: { ownSessions }, formats, link }: Locale): Html {
  const starts = Array.from({ length: Math.ceil(tracks.length / TRACKS_PER_PAGE) }, (_, part) => part * TRACKS_PER_PAGE)
  if (starts.length < 2) return html``
  return html`<nav aria-label="${ownSessions.pages}"><ul class="choices">
${starts.map((start) => {
  const end = Math.min(start + TRACKS_PER_PAGE, tracks.length)
  const words = ownSessions.part(formats.count(start + 1), formats.count(end))
  const address = link(`/me/sessions/${key}?from=${start + 1}`)
  return html`<li><a href="${address}"${start === from && html` aria-current="page"`}>${words}</a></li>\n`
})}</ul></nav>`
}

function facts(session: OwnSession, { texts: { ownSessions }, formats }: Locale): Html {
  const { software, system } = session
  const time = (text: string | undefined) => (text === undefined ? undefined : formats.dateTime(text))
  const values: Readonly<Record<keyof typeof ownSessions.facts, string | undefined>> = {
    started: time(session.startedAt),
    ended: time(session.endedAt),
    edited: time(session.editedAt),
    received: time(session.receivedAt),
    software: [software?.name, software?.version].filter((part) => part !== undefined).join(' ') || undefined,
    os: system?.os,
    processor: system?.processor,
    computerType: system?.computerType,
    visibility: ownSessions.visibility[session.visibility],
    charts: session.contributeToCharts ? ownSessions.inCharts : ownSessions.leftOut,
    id: session.id,
    historyId: session.historyId,
    exportId: session.exportId,
    key: session.key,
  }
  return html`<dl class="own-facts">
${Object.entries(values).map(
  ([name, value]) =>
    value !== undefined &&
    html`<div><dt>${ownSessions.facts[name as keyof typeof values]}</dt><dd><bdi>${value}</bdi></dd></div>\n`,
)}</dl>`
}
