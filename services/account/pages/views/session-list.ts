/**
 * Sessions as a table, on the overview and in the list of all.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { OwnSessionSummary } from '#schemas/records/session.ts'

export function sessionTable(sessions: readonly OwnSessionSummary[], caption: string, locale: Locale): Html {
  const { ownSessions: texts } = locale.texts
  return html`<div class="table"><table class="own-sessions">
<caption class="spoken">${caption}</caption>
<thead><tr><th scope="col">${texts.session}</th><th scope="col" class="wide-only">${texts.started}</th><th scope="col" class="number">${texts.tracks}</th>
<th scope="col" class="wide-only">${texts.facts.visibility}</th><th scope="col" class="wide-only">${texts.charts}</th></tr></thead>
<tbody>
${sessions.map((session) => sessionRow(session, locale))}</tbody>
</table></div>`
}

function sessionRow(session: OwnSessionSummary, { texts, formats, link }: Locale): Html {
  const { key, name, startedAt, trackCount, visibility, contributeToCharts } = session
  const { ownSessions } = texts
  const started = html`<time datetime="${startedAt}">${formats.dateTime(startedAt)}</time>`
  // A phone has room for two columns: there the others stand under the name, where they differ from what is usual.
  const exceptions = [
    visibility === 'public' && ownSessions.visibility.public,
    !contributeToCharts && ownSessions.leftOut,
  ].flatMap((words) => (words === false ? [] : [html` · ${words}`]))
  return html`<tr><th scope="row" class="name"><a href="${link(`/me/sessions/${key}`)}"><bdi>${name ?? ownSessions.unnamed}</bdi></a><span class="by phone-only">${started}${exceptions}</span></th>
<td class="wide-only">${started}</td>
<td class="number">${formats.count(trackCount)}</td>
<td class="wide-only">${ownSessions.visibility[visibility]}</td>
<td class="wide-only">${contributeToCharts ? ownSessions.inCharts : ownSessions.leftOut}</td></tr>
`
}
