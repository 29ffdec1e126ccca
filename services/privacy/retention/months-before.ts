/**
 * Counts calendar months back.
 * @module
 */

/**
 * The instant so many calendar months before another, in UTC; the last day of a month where that one has no such day: a
 * month before 31 March is 28 February, or 29. Unix milliseconds.
 */
export function monthsBefore(timeMs: number, months: number): number {
  const date = new Date(timeMs)
  const wanted = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - months)
  const daysOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(wanted, daysOfMonth))
  return date.getTime()
}
