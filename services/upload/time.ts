/**
 * Times as they are sent: RFC 3339 with an offset. As they are kept: UTC with milliseconds, which compare as texts.
 *
 * A track has three of them, so they cost more than all else in a session: read digit by digit they take a third of
 * what `Date.parse` and `toISOString` take.
 * @module
 */

const RFC_3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** Times of sessions lie from 1970-01-01 up to and without 2100-01-01. */
const LATEST_MS = Date.UTC(2100, 0, 1)

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export type TimeFault = 'invalid-time' | 'time-out-of-range'

/** The time in UTC (`2026-02-13T07:58:00.000Z`), or what is wrong with it. */
export function readTime(text: string): { readonly utc: string } | { readonly fault: TimeFault } {
  const ms = parse(text)
  if (Number.isNaN(ms)) return { fault: 'invalid-time' }
  return isInRange(ms) ? { utc: format(ms) } : { fault: 'time-out-of-range' }
}

/** The time in UTC; empty where {@link readTime} finds a fault. Made for the way that nearly every session takes. */
export function utcOrEmpty(text: string): string {
  const ms = parse(text)
  return isInRange(ms) ? format(ms) : ''
}

function isInRange(ms: number): boolean {
  return ms >= 0 && ms < LATEST_MS
}

/** Unix milliseconds; NaN where the text is no such time. */
function parse(text: string): number {
  if (!RFC_3339.test(text)) return Number.NaN
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  if (year < 100) return Number.NEGATIVE_INFINITY
  if (day > 28 && day > daysInMonth(year, month)) return Number.NaN
  // A leap second (RFC 3339, 5.7) becomes the second after it: Unix time knows none.
  const ms = Date.UTC(year, month - 1, day, two(text, 11), two(text, 14), two(text, 17), fractionMs(text))
  const last = text.length - 1
  if (text[last] === 'Z' || text[last] === 'z') return ms
  const offsetMs = (two(text, last - 4) * 60 + two(text, last - 1)) * MINUTE_MS
  return text[last - 5] === '-' ? ms + offsetMs : ms - offsetMs
}

/** The number that two digits make. */
function two(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528 // 528: eleven times the code of '0'
}

/** Whole milliseconds of a fraction of a second; what is finer is cut off. */
function fractionMs(text: string): number {
  if (text[19] !== '.') return 0
  let ms = 0
  for (let at = 20, unitMs = 100; unitMs >= 1; at++, unitMs /= 10) {
    const digit = text.charCodeAt(at) - 48 // the code of '0'
    if (!(digit >= 0 && digit <= 9)) break
    ms += digit * unitMs
  }
  return ms
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** `00` to `99`. */
const padded = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** `000` to `999`. */
const paddedMs = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))

/** Times come in runs of one day, so the date is written once for each run. */
let writtenDay = Number.NaN
let writtenDate = ''

function format(ms: number): string {
  const day = Math.floor(ms / DAY_MS)
  if (day !== writtenDay) {
    writtenDay = day
    writtenDate = new Date(ms).toISOString().slice(0, 11)
  }
  const inDayMs = ms - day * DAY_MS
  const seconds = Math.floor(inDayMs / 1000)
  const milliseconds = paddedMs[inDayMs - seconds * 1000]
  const clock = `${padded[Math.floor(seconds / 3600)]}:${padded[Math.floor(seconds / 60) % 60]}:${padded[seconds % 60]}`
  return `${writtenDate}${clock}.${milliseconds}Z`
}
