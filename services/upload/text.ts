/**
 * Texts that can be kept: no NUL, which ends a text in many programs, and no half of a surrogate pair, which has no
 * form in UTF-8 and would come back as another character.
 * @module
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what it looks for
const UNUSABLE = /[\u0000\p{Surrogate}]/u

export function isUsableText(text: string): boolean {
  return !UNUSABLE.test(text)
}

/** The only ways in which JSON in valid UTF-8 can hold an unusable text: a `\u0000` or a `\uD8…` to `\uDF…`. */
const ESCAPED = /\\u(?:0000|[dD][89a-fA-F])/

/** Whether texts in this JSON have to be looked at one by one. */
export function mayHoldUnusableText(json: string): boolean {
  return ESCAPED.test(json)
}
