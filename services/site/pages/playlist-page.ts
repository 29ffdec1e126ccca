/**
 * The page of a public session.
 * @module
 */
import type { Playlist } from '#schemas/records/chart.ts'
import { type Html, html } from '../html.ts'
import type { Page } from './layout.ts'
import { durationInWords, timeInWords } from './names.ts'

export function playlistPage({ displayName, name, startedAt, tracks }: Playlist): Page {
  const title = name ?? 'A session'
  const body = html`<h1><bdi>${title}</bdi></h1>
<p>${displayName !== null && html`Played by <bdi>${displayName}</bdi>, `}<time datetime="${startedAt}">${timeInWords(startedAt)} UTC</time></p>
<div class="table"><table>
<caption>${tracks.length} tracks</caption>
<thead><tr><th scope="col" class="number">At</th><th scope="col">Title and artist</th><th scope="col" class="wide">Remixer</th>
<th scope="col" class="wide">Label</th><th scope="col" class="number">BPM</th><th scope="col">Key</th>
<th scope="col" class="number wide">Deck</th><th scope="col" class="number wide">Played</th></tr></thead>
<tbody>
${tracks.map(trackRow)}</tbody>
</table></div>`
  return { title, description: 'A session that its DJ made public.', body }
}

function trackRow(track: Playlist['tracks'][number]): Html {
  const { playedSeconds } = track
  return html`<tr><td class="number">${durationInWords(track.atSeconds)}</td>
<td class="name"><bdi>${track.title ?? 'Unknown title'}</bdi><br><bdi>${track.artist ?? 'Unknown artist'}</bdi></td>
<td class="wide"><bdi>${track.remixer}</bdi></td><td class="wide"><bdi>${track.label}</bdi></td>
<td class="number">${track.bpm}</td><td><bdi>${track.key}</bdi></td><td class="number wide">${track.deck}</td>
<td class="number wide">${playedSeconds === undefined ? null : durationInWords(playedSeconds)}</td></tr>
`
}
