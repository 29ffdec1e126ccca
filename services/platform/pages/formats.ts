/**
 * Numbers, dates and lists as a language writes them. All times are UTC, as the charts are.
 * @module
 */
import { type Language, languages } from './language.ts'

/** What `Intl` takes for each: English dates go day first, as most of its readers write them. */
const intlLocales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

export interface Formats {
  /** `12,345`. */
  count(count: number): string
  /** With one decimal at most: `124.5`. */
  decimal(number: number): string
  /** `1 DJ`, `2 DJs`: the word by the language's rule for this number, the number written out before it. */
  plural(count: number, words: { readonly one: string; readonly other: string }): string
  /** `13 February 2026`. Unix milliseconds or an RFC 3339 time, here and below. */
  date(time: number | string): string
  /** `13 Feb`, where the year is plain from elsewhere. */
  shortDate(time: number | string): string
  /** `9–15 February 2026`: the first and the last day. */
  dateRange(from: number | string, to: number | string): string
  /** `February 2026`. */
  month(time: number | string): string
  /** `13 February 2026 at 07:58`. */
  dateTime(time: number | string): string
  /** `a, b and c`. */
  list(items: readonly string[]): string
  /** Compares as the language sorts. */
  compare(a: string, b: string): number
}

function createFormats(language: Language): Formats {
  const locale = intlLocales[language]
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const count = new Intl.NumberFormat(locale)
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const plurals = new Intl.PluralRules(locale)
  const date = dates({ day: 'numeric', month: 'long', year: 'numeric' })
  const shortDate = dates({ day: 'numeric', month: 'short' })
  const month = dates({ month: 'long', year: 'numeric' })
  const dateTime = dates({ dateStyle: 'long', timeStyle: 'short' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const collator = new Intl.Collator(locale)
  return {
    count: (number) => count.format(number),
    decimal: (number) => decimal.format(number),
    plural: (number, words) => `${count.format(number)} ${plurals.select(number) === 'one' ? words.one : words.other}`,
    date: (time) => date.format(new Date(time)),
    shortDate: (time) => shortDate.format(new Date(time)),
    // Thin spaces around its dash are finer than what most fonts hold.
    dateRange: (from, to) => date.formatRange(new Date(from), new Date(to)).replaceAll('\u2009', ' '),
    month: (time) => month.format(new Date(time)),
    dateTime: (time) => dateTime.format(new Date(time)),
    list: (items) => list.format(items),
    compare: (a, b) => collator.compare(a, b),
  }
}

/** Seconds as `1:02:03` or `4:05`, which reads the same in every language here. */
export function durationInWords(seconds: number): string {
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

const byLanguage = new Map(languages.map((language) => [language, createFormats(language)]))

export function formatsOf(language: Language): Formats {
  return byLanguage.get(language) ?? createFormats(language)
}
