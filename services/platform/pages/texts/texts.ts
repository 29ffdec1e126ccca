/**
 * Every text of the pages, in every language. English is the measure: its shape is the type that the others have to have, so
 * a text that is missing in one is an error of the compiler; `test/platform/pages/texts.test.ts` finds one that nothing shows.
 *
 * An area of the pages has one file a language (`en/chart.ts`, `de/chart.ts`). A text is a string, or a function of what
 * stands in it, which writes numbers and plurals by the formats of its own language.
 * @module
 */
import type { Language } from '../language.ts'
import { german } from './de/german.ts'
import { english, type Texts } from './en/english.ts'

export type { Texts }

const byLanguage: Readonly<Record<Language, Texts>> = { en: english, de: german }

export function textsOf(language: Language): Texts {
  return byLanguage[language]
}
