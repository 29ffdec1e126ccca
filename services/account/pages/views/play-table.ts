/**
 * The plays of a session: when, what, whether each counts in charts and why not, and behind that every field that is kept.
 * @module
 */
import { durationInWords } from '#platform/pages/formats.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { OwnTrackPlay } from '#schemas/records/track-play.ts'

export function playTable(tracks: readonly OwnTrackPlay[], locale: Locale): Html {
  const { ownSessions } = locale.texts
  return html`<div class="table"><table class="own-plays">
<caption class="spoken">${ownSessions.tracks}</caption>
<thead><tr><th scope="col" class="number">${ownSessions.at}</th><th scope="col">${ownSessions.track}</th>
<th scope="col" class="number wide-only">${ownSessions.deck}</th><th scope="col" class="number wide-only">${ownSessions.played}</th>
<th scope="col" class="wide-only">${ownSessions.charts}</th></tr></thead>
<tbody>
${tracks.map((track) => playRow(track, locale))}</tbody>
</table></div>`
}

function playRow(track: OwnTrackPlay, locale: Locale): Html {
  const { ownSessions } = locale.texts
  const { tags, startedAt, deck, playedSeconds, counted, whyNot } = track
  const verdict = counted
    ? html`<span class="up">${ownSessions.yes}</span>`
    : html`<span class="down">${ownSessions.no}</span>${whyNot !== undefined && html`<small>${ownSessions.whyNot[whyNot]}</small>`}`
  return html`<tr><td class="number"><time datetime="${startedAt}">${startedAt.slice(11, 16)}</time></td>
<td class="name"><b><bdi>${tags.title ?? ownSessions.unknownTitle}</bdi></b><span class="by"><bdi>${tags.artist ?? ownSessions.unknownArtist}</bdi></span>
<span class="own-verdict phone-only">${verdict}</span><details><summary>${ownSessions.details}</summary>${allFields(track, locale)}</details></td>
<td class="number wide-only">${deck}</td><td class="number wide-only">${playedSeconds !== undefined && durationInWords(playedSeconds)}</td>
<td class="own-verdict wide-only">${verdict}</td></tr>
`
}

/** Every field, in the order of the catalogue; a test holds the catalogue against the schema. */
function allFields({ tags, ...play }: OwnTrackPlay, { texts: { ownSessions }, formats }: Locale): Html {
  const values: Readonly<Record<string, unknown>> = { ...tags, ...play }
  return html`<dl class="own-facts">
${Object.entries(ownSessions.fields).map(([name, label]) => {
  const value = values[name]
  return value !== undefined && html`<div><dt>${label}</dt><dd><bdi>${inWords(name, value)}</bdi></dd></div>\n`
})}</dl>`

  function inWords(name: string, value: unknown): string {
    if (typeof value === 'boolean') return value ? ownSessions.true : ownSessions.false
    if (typeof value === 'number') return number(name, value)
    const text = String(value)
    return name.endsWith('At') ? `${formats.date(text)}, ${text.slice(11, 19)}` : text
  }

  function number(name: string, value: number): string {
    if (name.endsWith('Seconds')) return durationInWords(value)
    if (name === 'playedPercent') return `${formats.decimal(value)} %`
    if (name === 'year') return String(value)
    const unit = Object.entries(ownSessions.units).find(([field]) => field === name)?.[1]
    return unit === undefined ? formats.decimal(value) : `${formats.decimal(value)} ${unit}`
  }
}
