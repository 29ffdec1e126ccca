/**
 * The image of a public session: its bars on their decks, as on its page.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Playlist } from '#schemas/records/chart.ts'
import { lengthOf, timeTracks } from '../playlists/set-times.ts'
import { IMAGE_HEIGHT, IMAGE_WIDTH } from './image-size.ts'
import { colours, MARGIN, pageImage } from './page-image.ts'

const TOP = 380
const DECKS_MAX = 4
/** More bars than pixels show nothing. */
const BARS_MAX = 400

export function playlistImage({ displayName, name, startedAt, tracks }: Playlist, { texts, formats }: Locale): Html {
  const facts = `${formats.date(startedAt)} · ${texts.playlist.tracks(tracks.length)}`
  return pageImage({
    title: name ?? texts.playlist.untitled,
    lines: [...(displayName === null ? [] : [`${texts.playlist.by} ${displayName}`]), facts],
    picture: decks(tracks),
  })
}

function decks(tracks: Playlist['tracks']): Html {
  const timed = timeTracks(tracks)
  const length = lengthOf(timed)
  const numbers = [...new Set(timed.map(({ track }) => track.deck ?? 0))].sort((a, b) => a - b).slice(0, DECKS_MAX)
  const height = Math.min(64, (IMAGE_HEIGHT - MARGIN - TOP) / Math.max(1, numbers.length))
  const x = (seconds: number) => MARGIN + (seconds / length) * (IMAGE_WIDTH - 2 * MARGIN)
  return html`${timed.slice(0, BARS_MAX).map(({ track, from, to }) => {
    const row = Math.max(0, numbers.indexOf(track.deck ?? 0))
    return html`<rect fill="${row % 2 === 0 ? colours.accent : colours.soft}" x="${x(from).toFixed(1)}" y="${(
      TOP + row * height
    ).toFixed(1)}" width="${Math.max(2, x(to) - x(from) - 2).toFixed(1)}" height="${(height - 12).toFixed(1)}" rx="5"/>`
  })}`
}
