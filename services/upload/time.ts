/**
 * Times as they are sent: RFC 3339 with an offset. As they are kept: UTC with milliseconds, which compare as texts.
 * @module
 */

const RFC_3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** Times of sessions lie from 1970-01-01 up to and without 2100-01-01. */
const LATEST_MS = Date.UTC(2100, 0, 1)

export type TimeFault = 'invalid-time' | 'time-out-of-range'

/** The time in UTC (`2026-02-13T07:58:00.000Z`), or what is wrong with it. */
export function readTime(text: string): { readonly utc: string } | { readonly fault: TimeFault } {
  const ms = parse(text)
  if (Number.isNaN(ms)) return { fault: 'invalid-time' }
  if (ms < 0 || ms >= LATEST_MS) return { fault: 'time-out-of-range' }
  return { utc: new Date(ms).toISOString() }
}

/** The time in UTC; empty where {@link readTime} finds a fault. Made for the way that nearly every session takes. */
export function utcOrEmpty(text: string): string {
  const ms = parse(text)
  return ms >= 0 && ms < LATEST_MS ? new Date(ms).toISOString() : ''
}

/** Unix milliseconds; NaN where the text is no such time. */
function parse(text: string): number {
  if (!RFC_3339.test(text)) return Number.NaN
  // `Date.parse` would make 2 March of 30 February.
  const day = Number(text.slice(8, 10))
  if (day > 28 && day > daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)))) return Number.NaN
  // A leap second (RFC 3339, 5.7) is the second after 59; `Date` knows none.
  return text.startsWith('60', 17) ? Date.parse(`${text.slice(0, 17)}59${text.slice(19)}`) + 1000 : Date.parse(text)
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
