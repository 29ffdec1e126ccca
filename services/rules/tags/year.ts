/**
 * The year of a track, out of the dates that stand in its tags.
 * @module
 */

/** The bounds of the tag (schemas/records/track-play.ts): the oldest recording is of 1860. */
export const YEAR_MIN = 1860
export const YEAR_MAX = 2100

/** No date is longer, and a text as long as a tag may be is not worth reading. */
const TEXT_LENGTH_MAX = 60

const month = '(?:0?\\d|1[0-2])'
const day = '(?:0?\\d|[12]\\d|3[01])'
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const dayOfMonth = `${day}(?:st|nd|rd|th|\\.)?`

/**
 * A month or day of 0 is how software writes that it is not known. `04/05/2009` is of May to some and of April to others,
 * and of 2009 to all.
 */
const dates = [
  '(\\d{4})',
  `(\\d{4})([-./ ])${month}(?:\\2${day})?(?:[t ]\\d{2}:\\d{2}[\\d:.]*(?:z|[+-]\\d{2}:?\\d{2})?)?`,
  '(\\d{4})(?:0\\d|1[0-2])(?:[0-2]\\d|3[01])',
  `${day}([-./ ])${month}\\1(?<year>\\d{4})`,
  `${month}([-./ ])${day}\\1(?<year>\\d{4})`,
  `${month}[-./](\\d{4})`,
  `(?:${dayOfMonth} )?${monthName},? (\\d{4})`,
  `${monthName} ${dayOfMonth},? (\\d{4})`,
].map((pattern) => new RegExp(`^${pattern}$`, 'i'))

/**
 * The year that a text (`2009`, `2009-05-04`, `04/05/2009`, `May 2009`, `20090504`) or a number says; `undefined` where it
 * says none, or one out of bounds. Two digits are no year: a guess of the century would be wrong too often.
 */
export function readYear(value: string | number): number | undefined {
  const year = typeof value === 'number' ? value : yearOf(value)
  return year !== undefined && Number.isInteger(year) && year >= YEAR_MIN && year <= YEAR_MAX ? year : undefined
}

function yearOf(text: string): number | undefined {
  if (text.length > TEXT_LENGTH_MAX) return undefined
  const tidy = text.trim().replace(/\s+/g, ' ')
  for (const date of dates) {
    const found = date.exec(tidy)
    if (found !== null) return Number(found.groups?.['year'] ?? found[1])
  }
  return undefined
}
