/**
 * Lengths and years as catalogues write them.
 * @module
 */

/** Longer than any track or mix: such a number is in milliseconds. */
const SECONDS_MAX = 20_000
/** Under this a fraction may be one of minutes: `4.567`. */
const MINUTES_MAX = 100

/**
 * What a length may mean, in seconds: `04:04`, `1:02:03`, `3m 36sec`, `198`, `195000` (milliseconds), `4.567` (minutes;
 * or seconds, so there are two readings). None for 0 and for what is no length.
 */
export function readLengths(value: string | number | undefined): number[] {
  if (value === undefined) return []
  const text = String(value).trim().toLowerCase()
  const clock = /^(?:(\d{1,2}) ?: ?)?(\d{1,3}) ?: ?(\d{1,2})(?:\.\d+)?$/.exec(text)
  if (clock !== null) return positive(Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]))
  const units = /^(?:(\d+) ?h\w* ?)?(\d+) ?m(?:in\w*)?\.? ?(?:(\d+(?:\.\d+)?) ?s\w*\.?)?$/.exec(text)
  if (units !== null) return positive(Number(units[1] ?? 0) * 3600 + Number(units[2]) * 60 + Number(units[3] ?? 0))
  const only = /^(\d{1,8}(?:[.,]\d{1,6})?)(?: ?(s|sec|seconds|ms)\.?)?$/.exec(text)
  if (only === null) return []
  const number = Number((only[1] ?? '').replace(',', '.'))
  if (only[2] !== undefined) return positive(only[2] === 'ms' ? number / 1000 : number)
  if (number > SECONDS_MAX) return positive(number / 1000)
  const isFraction = /[.,]/.test(text) || !Number.isInteger(number)
  return isFraction && number < MINUTES_MAX ? [...positive(number * 60), ...positive(number)] : positive(number)
}

/** The year's last two digits, for many catalogues keep only those: `1997`, `'97`, `97`, `1997-04-01`. */
export function readYear(value: string | number | undefined): number | undefined {
  const found = /^\D{0,2}(?:(?:19|20)(\d\d)|(\d{1,2}))(?:-\d\d(?:-\d\d.*)?)?$/.exec(String(value ?? '').trim())
  return found === null ? undefined : Number(found[1] ?? found[2])
}

function positive(seconds: number): number[] {
  return seconds > 0 && Number.isFinite(seconds) ? [seconds] : []
}
