/**
 * The tracks of a set as a table: what its plots show, to read.
 * @module
 */
import { durationInWords } from '#platform/pages/formats.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Playlist } from '#schemas/records/chart.ts'
import { trackPath } from '../names.ts'

/** Of the notation that keys are in; what could not be read as one stands as it was typed, and may wrap. */
const KEY_CHARS = 3

/** @param trackIds for each track the id of its page, where it has one */
export function trackList(tracks: Playlist['tracks'], trackIds: readonly (string | undefined)[], locale: Locale): Html {
  const { playlist } = locale.texts
  return html`<div class="table"><table>
<caption>${playlist.tracks(tracks.length)}</caption>
<thead><tr><th scope="col" class="number">${playlist.at}</th><th scope="col">${playlist.titleAndArtist}</th>
<th scope="col" class="wide-only">${playlist.remixer}</th><th scope="col" class="wide-only">${playlist.label}</th>
<th scope="col" class="number">${playlist.tempoAxis}</th><th scope="col">${playlist.key}</th>
<th scope="col" class="number wide-only">${playlist.deckColumn}</th><th scope="col" class="number wide-only">${playlist.played}</th></tr></thead>
<tbody>
${tracks.map((track, index) => trackRow(track, trackIds[index], locale))}</tbody>
</table></div>`
}

function trackRow(track: Playlist['tracks'][number], trackId: string | undefined, locale: Locale): Html {
  const { playedSeconds, bpm } = track
  const { texts, formats, link } = locale
  const title = html`<bdi>${track.title ?? texts.playlist.unknownTitle}</bdi>`
  return html`<tr><td class="number">${durationInWords(track.atSeconds)}</td>
<td class="name">${trackId === undefined ? title : html`<a href="${link(trackPath(trackId))}">${title}</a>`}<span class="by"><bdi>${
    track.artist ?? texts.playlist.unknownArtist
  }</bdi></span></td>
<td class="wide-only"><bdi>${track.remixer}</bdi></td><td class="wide-only"><bdi>${track.label}</bdi></td>
<td class="number">${bpm === undefined ? null : formats.decimal(bpm)}</td><td${(track.key?.length ?? 0) <= KEY_CHARS && html` class="key"`}><bdi>${track.key}</bdi></td>
<td class="number wide-only">${track.deck}</td>
<td class="number wide-only">${playedSeconds === undefined ? null : durationInWords(playedSeconds)}</td></tr>
`
}
