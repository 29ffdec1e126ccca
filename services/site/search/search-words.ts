/**
 * The words of a text as a search compares them: without case, accents and signs.
 * @module
 */
import { cleanedForm } from '#rules/track-identity.ts'

/** Scripts that put no blanks between words: each character is one there, so that any part of a name is found. */
const words = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu

/** The words of a text, in its order. A name that is all signs (`!!!`) is one word. */
export function searchWords(text: string): string[] {
  const cleaned = cleanedForm(text)
  // `Don't` is typed `dont`, `R.E.M.` is typed `rem`, `Ke$ha` as it stands or as it sounds.
  const spelt = cleaned.replace(/['’]/g, '').replace(/(?<=(?<![\p{L}\p{N}])\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))/gu, '')
  const found = spelt.match(words)
  if (found !== null) return found
  const signs = cleaned.replaceAll(' ', '')
  return signs === '' ? [] : [signs]
}
