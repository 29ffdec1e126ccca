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

/**
 * The only ways in which JSON in valid UTF-8 can hold an unusable text: an escaped NUL, an escaped high surrogate with no
 * low one behind it, or a low one with no high one before it. A backslash that is itself escaped would hide which is
 * which, so it counts too, where a `u` follows.
 */
const SUSPICIOUS =
  /\\\\u|\\u0000|\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F]/

/** Whether texts in this JSON have to be looked at one by one. Pairs, as many programs write all but ASCII, do not. */
export function mayHoldUnusableText(json: string): boolean {
  // Most bodies escape nothing by number, and a plain search says so in a fraction of the time.
  return json.includes('\\u') && SUSPICIOUS.test(json)
}
