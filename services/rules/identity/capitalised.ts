/**
 * A cleaned text, which is in lower case, as readers expect names: words begin with capitals.
 * @module
 */

export function capitalised(text: string): string {
  return text.replace(/(^|[\s([{"/&-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}
