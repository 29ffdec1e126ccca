/**
 * The page of a public session.
 * @module
 */
import { durationInWords } from '#platform/pages/formats.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Page } from '#platform/pages/page.ts'
import { imageGraph } from '../images/image-graph.ts'
import type { PlaylistView } from '../playlists/playlist-view.ts'
import { readFlow, type SetFlow } from '../playlists/set-flow.ts'
import { lengthOf, type TimedTrack, timeTracks } from '../playlists/set-times.ts'
import { siteScripts } from '../site-scripts.ts'
import { playlistData } from '../structured-data/playlist-data.ts'
import { playlistPath } from './names.ts'
import { deckTimeline } from './playlist/deck-timeline.ts'
import { flowInWords, flowPlot, spanOf } from './playlist/flow-plot.ts'
import { trackList } from './playlist/track-list.ts'

export function playlistPage(view: PlaylistView, locale: Locale, origin: string): Page {
  const { publicId, playlist, isGoingOn } = view
  const { texts, formats, link } = locale
  const { displayName, startedAt } = playlist
  const title = playlist.name ?? texts.playlist.untitled
  const path = playlistPath(publicId)
  const body = html`<h1><bdi>${title}</bdi></h1>
${displayName !== null && html`<p class="lead">${texts.playlist.by} <bdi>${displayName}</bdi></p>\n`}${
  isGoingOn &&
  html`<div class="live" data-live="${link(`${path}/events`)}"><span class="tag live-tag">${texts.playlist.live}</span>
<a href="${link(path)}">${texts.playlist.reload}</a><span class="spoken" role="status"></span></div>\n`
}${playlistSet(view, locale)}`
  return {
    title,
    description: texts.playlist.description(title, displayName, formats.date(startedAt)),
    body,
    canonicalPath: path,
    // Not in the archives of search engines, from which it could not be taken back.
    robots: 'noarchive',
    openGraph: {
      'og:type': 'music.playlist',
      ...imageGraph(origin, `${path}/image.png`, texts.playlist.imageOf(title)),
    },
    head: html`<meta name="twitter:card" content="summary_large_image">\n`,
    structuredData: playlistData(view, origin),
    scripts: isGoingOn ? [siteScripts.followSet] : [],
  }
}

/** What changes while a set goes on: the script of the page puts a newer one in its place. */
export function playlistSet({ playlist, trackIds }: PlaylistView, locale: Locale): Html {
  const { texts } = locale
  const timed = timeTracks(playlist.tracks)
  const flow = readFlow(timed)
  const length = lengthOf(timed)
  const plot = flowPlot(flow, length, locale)
  return html`<div id="set">
${setFacts(playlist.startedAt, length, timed, flow, locale)}
${
  timed.length > 0 &&
  html`<section aria-labelledby="timeline"><h2 id="timeline">${texts.playlist.timeline}</h2>
${deckTimeline(timed, locale)}</section>
`
}${
  plot !== undefined &&
  html`<section aria-labelledby="flow"><h2 id="flow">${texts.playlist.flow}</h2>
<p class="soft">${flowInWords(flow, locale)} ${flow.keys.length > 0 && texts.playlist.keyHint}</p>
${plot}</section>
`
}<section aria-labelledby="list"><h2 id="list">${texts.playlist.list}</h2>
${trackList(playlist.tracks, trackIds, locale)}</section>
</div>`
}

function setFacts(
  startedAt: string,
  length: number,
  timed: readonly TimedTrack[],
  flow: SetFlow,
  locale: Locale,
): Html {
  const { texts, formats } = locale
  const { low, high } = spanOf(flow.tempo)
  return html`<dl class="facts">
<div><dt>${texts.playlist.startedAt}</dt><dd><time datetime="${startedAt}">${formats.dateTime(startedAt)} UTC</time></dd></div>
<div><dt>${texts.playlist.trackCount}</dt><dd>${formats.count(timed.length)}</dd></div>
${timed.length > 0 && html`<div><dt>${texts.playlist.length}</dt><dd>${durationInWords(length)}</dd></div>`}
${
  flow.tempo.length > 0 &&
  html`<div><dt>${texts.playlist.tempoRange}</dt><dd>${texts.playlist.bpm(formats.decimal(low), formats.decimal(high))}</dd></div>`
}
</dl>`
}
