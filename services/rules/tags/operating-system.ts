/**
 * Operating systems, by what DJ software says of them.
 * @module
 */

/** No name of a system is longer, and a text as long as a tag may be is not worth reading. */
const TEXT_LENGTH_MAX = 100

/** A version: the first word that begins with a digit, with what follows it. */
const VERSION = /(?:^|[\s(-])v?\d.*$/iu

/** The name of the system without its version: `macOS` of `macOS 14.5`, `Windows` of `Windows 11 Pro`; empty where there is none. */
export function operatingSystemName(text: string): string {
  if (text.length > TEXT_LENGTH_MAX) return ''
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().replace(VERSION, '').trim()
}
