/**
 * A chart as CSV (RFC 4180), for spreadsheets and scripts.
 *
 * A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, whatever its quotes; tags are written by
 * strangers. So a text that begins with one of these, or with a tab or a line's end before it, gets an apostrophe in
 * front, which a spreadsheet takes as "this is text" (OWASP, "CSV Injection"). A script that wants the text as it is
 * reads the JSON.
 * @module
 */
import type { Chart } from '#schemas/records/chart.ts'

const header = [
  'rank',
  'previous_rank',
  'peak_rank',
  'periods_on_chart',
  'movement',
  'track_id',
  'artist',
  'title',
  'label',
  'djs',
  'plays',
]

/** The whole file: a header and a row an entry, each ended by CR LF. */
export function chartToCsv({ entries }: Chart): string {
  const rows = entries.map(({ rank, previousRank, peakRank, periodsOnChart, movement, track, djs, plays }) => [
    String(rank),
    previousRank === null ? '' : String(previousRank),
    String(peakRank),
    String(periodsOnChart),
    movement,
    track.id,
    withoutFormula(track.artist),
    withoutFormula(track.title),
    withoutFormula(track.label ?? ''),
    String(djs),
    String(plays),
  ])
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
}

function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
