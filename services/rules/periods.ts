/**
 * Periods of charts: ISO 8601 weeks (`2026-W07`), months (`2026-02`) and calendar years (`2026`), all in UTC.
 * @module
 */

export type PeriodKind = 'week' | 'month' | 'year'

export interface Period {
  readonly kind: PeriodKind
  /** As in an address: `2026-W07`, `2026-02`, `2026`. */
  readonly name: string
  /** First instant, Unix milliseconds. */
  readonly startMs: number
  /** First instant after it, Unix milliseconds. */
  readonly endMs: number
}

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** The Unix epoch was a Thursday; ISO weeks start on Monday. */
const FIRST_MONDAY_MS = -3 * DAY_MS

/** Years that a period may lie in; times outside are refused at the edge. */
const YEAR_MIN = 1970
const YEAR_MAX = 2105

/** The number of the ISO week that an instant lies in, as `202607`. */
export function weekNumber(timeMs: number): number {
  const monday = mondayOf(timeMs)
  // An ISO week belongs to the year that its Thursday lies in.
  const year = new Date(monday + 3 * DAY_MS).getUTCFullYear()
  return year * 100 + (monday - firstMonday(year)) / WEEK_MS + 1
}

/** The week of a number as {@link weekNumber} gives it. */
function weekOfNumber(number: number): Period {
  const year = Math.floor(number / 100)
  return week(firstMonday(year) + ((number % 100) - 1) * WEEK_MS)
}

/** The period that an instant lies in. */
function periodAt(kind: PeriodKind, timeMs: number): Period {
  const date = new Date(timeMs)
  if (kind === 'week') return week(mondayOf(timeMs))
  return kind === 'month' ? month(date.getUTCFullYear(), date.getUTCMonth()) : year(date.getUTCFullYear())
}

/** Reads a period's name; `undefined` where there is no such period (`2026-W54`, `2026-13`). */
export function parsePeriod(name: string): Period | undefined {
  const match = /^(\d{4})(?:-W(\d{2})|-(\d{2}))?$/.exec(name)
  if (match === null) return undefined
  const [, yearText, weekText, monthText] = match
  const number = Number(yearText)
  if (number < YEAR_MIN || number > YEAR_MAX) return undefined
  if (weekText !== undefined) {
    const period = weekOfNumber(number * 100 + Number(weekText))
    return period.name === name ? period : undefined
  }
  if (monthText === undefined) return year(number)
  const index = Number(monthText) - 1
  return index >= 0 && index < 12 ? month(number, index) : undefined
}

/** The period of the same kind before this one. */
export function previousPeriod({ kind, startMs }: Period): Period {
  return periodAt(kind, startMs - 1)
}

/** The period of the same kind after this one. */
export function nextPeriod({ kind, endMs }: Period): Period {
  return periodAt(kind, endMs)
}

/**
 * All periods that share an instant with an ISO week (`202607`): itself, one or two months, one or two years. None before
 * 1970, although its first week begins in 1969: nothing was played there.
 */
export function periodsTouchingWeek(number: number): Period[] {
  const { startMs, endMs } = weekOfNumber(number)
  const periods = (['week', 'month', 'year'] as const).flatMap((kind) => [
    periodAt(kind, startMs),
    periodAt(kind, endMs - 1),
  ])
  const known = periods.filter(({ name }) => parsePeriod(name) !== undefined)
  return [...new Map(known.map((period) => [period.name, period])).values()]
}

function week(mondayMs: number): Period {
  const number = weekNumber(mondayMs)
  const name = `${Math.floor(number / 100)}-W${String(number % 100).padStart(2, '0')}`
  return { kind: 'week', name, startMs: mondayMs, endMs: mondayMs + WEEK_MS }
}

function month(year: number, index: number): Period {
  const name = `${year}-${String(index + 1).padStart(2, '0')}`
  return { kind: 'month', name, startMs: Date.UTC(year, index), endMs: Date.UTC(year, index + 1) }
}

function year(number: number): Period {
  return { kind: 'year', name: String(number), startMs: Date.UTC(number, 0), endMs: Date.UTC(number + 1, 0) }
}

function mondayOf(timeMs: number): number {
  return Math.floor((timeMs - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS + FIRST_MONDAY_MS
}

/** Monday of the year's week 1, the one that holds 4 January. */
function firstMonday(year: number): number {
  return mondayOf(Date.UTC(year, 0, 4))
}
