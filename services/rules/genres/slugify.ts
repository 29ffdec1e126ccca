/**
 * A text as a part of an address: letters and digits in lower case, joined by hyphens.
 * @module
 */

const SLUG_LENGTH_MAX = 100

/** Empty where nothing of the text can stand in a slug. Slugifying twice is slugifying once. */
export function slugify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/&|\+/g, ' and ')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, SLUG_LENGTH_MAX)
    .replace(/^-+|-+$/g, '')
    .normalize('NFC')
}
