/**
 * Regions, genres and periods in words, and their addresses.
 * @module
 */
import { type Period, parsePeriod } from '#rules/periods.ts'

const SCENE_PREFIX = 'scene-'

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
const wholeDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const monthAndYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const dateAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** `drum-and-bass` → `Drum and bass`, `scene-house` → `House scene`. */
export function genreName(genre: string): string {
  if (genre === 'all') return 'All genres'
  if (genre.startsWith(SCENE_PREFIX)) return `${genreName(genre.slice(SCENE_PREFIX.length))} scene`
  const words = genre.replaceAll('-', ' ')
  const [first = ''] = words
  return first.toUpperCase() + words.slice(first.length)
}

/** `2026-W07` → `Week 7 of 2026`, `2026-02` → `February 2026`. The name itself where it is no period. */
export function periodName(name: string): string {
  const period = parsePeriod(name)
  if (period?.kind === 'week') return `Week ${Number(name.slice(-2))} of ${name.slice(0, 4)}`
  return period?.kind === 'month' ? monthAndYear.format(period.startMs) : name
}

/** First and last day of a period: `9 February to 15 February 2026`, UTC. */
export function periodDates({ startMs, endMs }: Period): string {
  return `${dayAndMonth.format(startMs)} to ${wholeDate.format(endMs - 1)}`
}

/** `13 February 2026 at 07:58`, UTC. */
export function timeInWords(time: string): string {
  return dateAndTime.format(Date.parse(time))
}

/** Numbers with separators: `12,345`. */
export function countInWords(count: number): string {
  return count.toLocaleString('en-GB')
}

export function chartPath(region: string, genre: string, period: string): string {
  return `/charts/${[region, genre, period].map(encodeURIComponent).join('/')}`
}

export function trackPath(trackId: string): string {
  return `/tracks/${encodeURIComponent(trackId)}`
}
