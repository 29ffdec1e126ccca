/**
 * Tempo and key of a set over its time, one above the other.
 * @module
 */
import { type Html, html } from '#platform/pages/html.ts'
import type { Locale } from '#platform/pages/locale.ts'
import type { KeyPoint, SetFlow, TempoPoint } from '../../playlists/set-flow.ts'
import { round, timeAxis } from './deck-timeline.ts'

const WIDTH = 960
const LEFT = 72
const RIGHT = 12
const TEMPO_TOP = 24
const TEMPO_HEIGHT = 130
const KEYS_TOP = 204
const KEYS_HEIGHT = 168
const HEIGHT = KEYS_TOP + KEYS_HEIGHT + 28
const KEYS = 12
/** A flat line stays a line: at least so many BPM from bottom to top. */
const BPM_SPAN_MIN = 8

/** Nothing where no track has a tempo or a key. */
export function flowPlot(flow: SetFlow, length: number, locale: Locale): Html | undefined {
  const { tempo, keys } = flow
  if (tempo.length < 2 && keys.length < 2) return undefined
  const x = (seconds: number) => LEFT + (seconds / length) * (WIDTH - LEFT - RIGHT)
  const { playlist } = locale.texts
  return html`<div class="plot" tabindex="0" role="group" aria-label="${playlist.flow}">
<svg class="flow" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${flowInWords(flow, locale)}">
${timeAxis(length, x, HEIGHT)}
<text class="row-name" x="0" y="14">${playlist.tempoAxis}</text><text class="row-name" x="0" y="${KEYS_TOP - 14}">${playlist.keyAxis}</text>
${tempoLine(tempo, x, locale)}${keyPoints(keys, x)}</svg></div>`
}

/** What the plot shows, for who does not see it. */
export function flowInWords({ tempo, keys, changes, fittingChanges }: SetFlow, { texts, formats }: Locale): string {
  const { low, high } = spanOf(tempo)
  return texts.playlist.flowSummary([
    ...(tempo.length > 0 ? [texts.playlist.tempoFrom(formats.decimal(low), formats.decimal(high))] : []),
    ...(keys.length > 1 ? [texts.playlist.harmonic(fittingChanges, changes)] : []),
  ])
}

export function spanOf(tempo: readonly TempoPoint[]): { readonly low: number; readonly high: number } {
  return tempo.reduce(({ low, high }, { bpm }) => ({ low: Math.min(low, bpm), high: Math.max(high, bpm) }), {
    low: tempo[0]?.bpm ?? 0,
    high: tempo[0]?.bpm ?? 0,
  })
}

function tempoLine(tempo: readonly TempoPoint[], x: (seconds: number) => number, { formats }: Locale): Html {
  if (tempo.length === 0) return html``
  const { low, high } = spanOf(tempo)
  const middle = (low + high) / 2
  const span = Math.max(BPM_SPAN_MIN, high - low)
  const y = (bpm: number) => round(TEMPO_TOP + TEMPO_HEIGHT - 12 - ((bpm - middle) / span + 0.5) * (TEMPO_HEIGHT - 24))
  const line = tempo.map(({ seconds, bpm }) => `${round(x(seconds))},${y(bpm)}`).join(' ')
  const marks = low === high ? [low] : [low, high]
  return html`<g class="axis" aria-hidden="true">${marks.map(
    (bpm) =>
      html`<line x1="${LEFT}" x2="${WIDTH}" y1="${y(bpm)}" y2="${y(bpm)}"/><text class="mark" x="${LEFT - 8}" y="${
        y(bpm) + 4
      }">${formats.decimal(bpm)}</text>`,
  )}</g><polyline class="tempo" points="${line}"/>${tempo.map(
    ({ seconds, bpm }) =>
      html`<circle class="tempo-point" cx="${round(x(seconds))}" cy="${y(bpm)}" r="3"><title>${formats.decimal(bpm)} BPM</title></circle>`,
  )}`
}

function keyPoints(keys: readonly KeyPoint[], x: (seconds: number) => number): Html {
  if (keys.length === 0) return html``
  const y = (number: number) => round(KEYS_TOP + KEYS_HEIGHT - 8 - ((number - 1) / (KEYS - 1)) * (KEYS_HEIGHT - 16))
  const numbers = [1, 4, 8, 12]
  const changes = keys.slice(1).map((key, index) => ({ key, before: keys[index] ?? key }))
  return html`<g class="axis" aria-hidden="true">${numbers.map(
    (number) =>
      html`<line x1="${LEFT}" x2="${WIDTH}" y1="${y(number)}" y2="${y(number)}"/><text class="mark" x="${
        LEFT - 8
      }" y="${y(number) + 4}">${number}</text>`,
  )}</g>${changes.map(
    ({ key, before }) =>
      html`<line class="${key.fits ? 'key-fits' : 'key-breaks'}" x1="${round(x(before.seconds))}" y1="${y(
        before.number,
      )}" x2="${round(x(key.seconds))}" y2="${y(key.number)}"/>`,
  )}${keys.map(
    ({ seconds, number, isMinor }) =>
      html`<circle class="${isMinor ? 'key-minor' : 'key-major'}" cx="${round(
        x(seconds),
      )}" cy="${y(number)}" r="4.5"><title>${`${number}${isMinor ? 'A' : 'B'}`}</title></circle>`,
  )}`
}
