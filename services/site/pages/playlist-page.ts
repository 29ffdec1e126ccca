/**
 * The page of a public session.
 * @module
 */

import { durationInWords } from '#platform/pages/formats.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import type { Playlist } from '#schemas/records/chart.ts'

export function playlistPage({ displayName, name, startedAt, tracks }: Playlist, locale: Locale): Page {
  const title = name ?? 'A session'
  const body = html`<h1><bdi>${title}</bdi></h1>
<p>${displayName !== null && html`Played by <bdi>${displayName}</bdi>, `}<time datetime="${startedAt}">${locale.formats.dateTime(startedAt)} UTC</time></p>
<div class="table"><table>
<caption>${tracks.length} tracks</caption>
<thead><tr><th scope="col" class="number">At</th><th scope="col">Title and artist</th><th scope="col" class="wide-only">Remixer</th>
<th scope="col" class="wide-only">Label</th><th scope="col" class="number">BPM</th><th scope="col">Key</th>
<th scope="col" class="number wide-only">Deck</th><th scope="col" class="number wide-only">Played</th></tr></thead>
<tbody>
${tracks.map(trackRow)}</tbody>
</table></div>`
  return { title, description: 'A session that its DJ made public.', body }
}

function trackRow(track: Playlist['tracks'][number]): Html {
  const { playedSeconds } = track
  return html`<tr><td class="number">${durationInWords(track.atSeconds)}</td>
<td class="name"><bdi>${track.title ?? 'Unknown title'}</bdi><br><bdi>${track.artist ?? 'Unknown artist'}</bdi></td>
<td class="wide-only"><bdi>${track.remixer}</bdi></td><td class="wide-only"><bdi>${track.label}</bdi></td>
<td class="number">${track.bpm}</td><td><bdi>${track.key}</bdi></td><td class="number wide-only">${track.deck}</td>
<td class="number wide-only">${playedSeconds === undefined ? null : durationInWords(playedSeconds)}</td></tr>
`
}
