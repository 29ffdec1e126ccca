/**
 * All that a page needs of its reader's language: the texts, the formats, and how links stay in it. A page is a function of
 * what it shows and of this.
 *
 * @example
 * chartPage(chart, localeOf('de')) // texts, numbers, dates and links are German
 * @module
 */
import { type Formats, formatsOf } from './formats.ts'
import { type Language, languages, pathInLanguage } from './language.ts'
import { type Texts, textsOf } from './texts/texts.ts'

export interface Locale {
  readonly language: Language
  readonly texts: Texts
  readonly formats: Formats
  /** The address of a page in this language, from its path without a prefix. Only pages: `/v1/…`, feeds and files have one. */
  link(path: string): string
}

const locales = new Map(
  languages.map((language): [Language, Locale] => [
    language,
    {
      language,
      texts: textsOf(language),
      formats: formatsOf(language),
      link: (path) => pathInLanguage(path, language),
    },
  ]),
)

export function localeOf(language: Language): Locale {
  const locale = locales.get(language)
  if (locale === undefined) throw new RangeError(`no pages are written in ${language}`)
  return locale
}
