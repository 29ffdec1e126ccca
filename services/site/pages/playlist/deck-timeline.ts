/**
 * A set as a drawing: a row a deck, and on it a bar for each track from when to when it was played.
 * @module
 */
import { durationInWords } from '#platform/pages/formats.ts'
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { Playlist } from '#schemas/records/chart.ts'
import { lengthOf, type TimedTrack, tickSeconds } from '../../playlists/set-times.ts'

const WIDTH = 960
const LEFT = 72
const ROW_HEIGHT = 44
const BAR_HEIGHT = 32
const AXIS_HEIGHT = 26
/** More decks than anybody has; what claims to lie beyond is drawn on the last. */
const DECKS_MAX = 8
/** Room for a letter of the names on the bars. */
const LETTER_WIDTH = 7.2
const LETTERS_MIN = 4

export function deckTimeline(timed: readonly TimedTrack[], { texts }: Locale): Html {
  const decks = [...new Set(timed.map(({ track }) => track.deck ?? 0))].sort((a, b) => a - b).slice(0, DECKS_MAX)
  const length = lengthOf(timed)
  const x = (seconds: number) => LEFT + (seconds / length) * (WIDTH - LEFT)
  const height = decks.length * ROW_HEIGHT + AXIS_HEIGHT
  const row = (deck: number) => Math.max(0, decks.indexOf(decks.includes(deck) ? deck : (decks.at(-1) ?? 0)))
  const { playlist } = texts
  const summary = playlist.timelineSummary(playlist.tracks(timed.length), playlist.decks(decks.length))
  return html`<div class="plot" tabindex="0" role="group" aria-label="${playlist.timeline}">
<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${summary}">
${timeAxis(length, x, height)}
${decks.map(
  (deck) =>
    html`<text class="row-name" x="0" y="${row(deck) * ROW_HEIGHT + 21}">${
      deck === 0 ? playlist.anyDeck : playlist.deck(deck)
    }</text>\n`,
)}${timed.map((each) => bar(each, x, row(each.track.deck ?? 0) * ROW_HEIGHT))}</svg></div>`
}

function bar({ track, from, to }: TimedTrack, x: (seconds: number) => number, top: number): Html {
  const width = Math.max(2, x(to) - x(from) - 1)
  const letters = Math.floor((width - 10) / LETTER_WIDTH)
  const name = nameOf(track)
  return html`<g><title>${`${durationInWords(from)} ${name}`}</title><rect class="bar" x="${round(x(from))}" y="${top}" width="${round(
    width,
  )}" height="${BAR_HEIGHT}" rx="4"/>${
    letters >= LETTERS_MIN &&
    html`<text class="bar-name" x="${round(x(from) + 6)}" y="${top + 21}">${shortened(track.title ?? name, letters)}</text>`
  }</g>\n`
}

function nameOf({ artist, title }: Playlist['tracks'][number]): string {
  return [artist, title].filter((part) => part !== undefined).join(' – ')
}

/** Whole characters, as people see them, so that none is cut in half. */
function shortened(text: string, letters: number): string {
  const characters = [...new Intl.Segmenter().segment(text.slice(0, 200))].map(({ segment }) => segment)
  return characters.length <= letters ? characters.join('') : `${characters.slice(0, letters - 1).join('')}…`
}

/** The time from the start of the set, along the bottom. */
export function timeAxis(length: number, x: (seconds: number) => number, height: number): Html {
  const step = tickSeconds(length)
  const ticks = Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step)
  return html`<g class="axis" aria-hidden="true">${ticks.map(
    (tick) =>
      html`<line x1="${round(x(tick))}" x2="${round(x(tick))}" y1="0" y2="${height - 20}"/><text x="${round(x(tick) + 3)}" y="${
        height - 6
      }">${clockOf(tick)}</text>`,
  )}</g>`
}

/** `0:00`, `0:30`, `1:00`: hours and minutes. */
function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')}`
}

export function round(number: number): number {
  return Math.round(number * 10) / 10
}
