/**
 * The languages that pages are written in. The address says which one it is: English stands at the plain path, every other
 * language under a prefix of its own (`/de/charts/…`). No cookie remembers it and no header is asked.
 * @module
 */

export const languages = ['en', 'de'] as const

export type Language = (typeof languages)[number]

/** The language at the paths without a prefix, and the one for readers whose language is none of these. */
export const DEFAULT_LANGUAGE: Language = 'en'

/** Each language's name in itself, for the switch. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

/** What stands before the paths of a language: nothing, or `/de`. */
export function languagePrefix(language: Language): string {
  return language === DEFAULT_LANGUAGE ? '' : `/${language}`
}

/** The address of a page in a language; `path` is the one without a prefix. */
export function pathInLanguage(path: string, language: Language): string {
  const prefix = languagePrefix(language)
  return path === '/' && prefix !== '' ? prefix : `${prefix}${path}`
}

/** The language of a request's address. */
export function languageOfUrl(url: string): Language {
  const [, first = ''] = /^\/([^/?#]*)/.exec(url) ?? []
  return languages.find((language) => language === first) ?? DEFAULT_LANGUAGE
}
