/**
 * Versions of the texts that are shown with a choice, as they are kept with it. A text that changes gets a new number here;
 * a test knows each text by its hash, so that one cannot change without.
 * @module
 */
import type { Language } from '#platform/pages/language.ts'

export type Choice = 'charts' | 'statistics' | 'usage'

const VERSION: Readonly<Record<Choice, number>> = { charts: 1, statistics: 1, usage: 1 }

/** `pages-charts-1-de`. */
export function consentVersion(choice: Choice, language: Language): string {
  return `pages-${choice}-${VERSION[choice]}-${language}`
}
