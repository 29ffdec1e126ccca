/**
 * What can become of a session, a tag or an ID3 block that is sent: closed sets of codes, each with its words.
 *
 * None of the words repeats a value: answers end up in the logs of others.
 * @module
 */
import type { FieldError, UploadResult, UploadWarning } from '#schemas/records/session.ts'

/** Why a session is rejected. */
export const rejections = {
  'unreadable-line': 'The line is not JSON in UTF-8.',
  'not-a-session': 'A session is a JSON object.',
  'missing-member': 'A member that a session needs is missing.',
  'invalid-member': 'A member of the session is not what it has to be.',
  'invalid-time': 'A time is not an RFC 3339 time with an offset.',
  'time-out-of-range': 'A time lies before 1970 or after 2099.',
  'ends-before-start': 'An end lies before its start.',
  'text-too-long': 'A text has more than 1,000 characters.',
  'unusable-text': 'A text holds a NUL or half of a surrogate pair.',
  'too-many-tracks': 'A session may have 5,000 tracks.',
} as const satisfies Record<string, string>

export type RejectionCode = keyof typeof rejections

/** Why something is left out, or what else the sender may want to know. */
export const warnings = {
  'tags-not-an-object': 'Tags are a JSON object; they were left out.',
  'tag-wrong-type': 'The tag has another type; it was left out.',
  'tag-out-of-bounds': 'The tag lies outside of what makes sense; it was left out.',
  'tag-too-long': 'The tag has more than 1,000 characters; it was left out.',
  'tag-unusable-text': 'The tag holds a NUL or half of a surrogate pair; it was left out.',
  'id3-unreadable': 'The block is no ID3v2 tag that can be read; it was left out.',
  'id3-too-large': 'The block has more than 1 MiB; it was left out.',
  'id3-too-many': 'The request has more than 1,000 ID3 blocks; this one was left out.',
  'replaced-by-later': 'The same session comes again later in the request; the later one holds.',
  'more-warnings': 'There are more warnings for this session than are listed.',
} as const satisfies Record<string, string>

export type WarningCode = keyof typeof warnings

/** At most so many warnings, and so many errors, are listed for a session: an answer stays smaller than its request. */
const LISTED_MAX = 100

export type Accepted = UploadResult['accepted'][number]
export type Rejected = UploadResult['rejected'][number]

/** Something wrong with the frame of a session. */
export interface Fault {
  readonly code: RejectionCode
  readonly path: string
  readonly message: string
}

/** Adds a warning; after {@link LISTED_MAX} of them, one that says there are more. */
export function warn(list: UploadWarning[], code: WarningCode, path: string): void {
  if (list.length < LISTED_MAX) list.push({ code, path, detail: warnings[code] })
  else if (list.length === LISTED_MAX) {
    list.push({ code: 'more-warnings', path: '', detail: warnings['more-warnings'] })
  }
}

/** The entry for a rejected session. Its code is that of the first fault. */
export function rejected(index: number, id: string | undefined, faults: readonly Fault[] | RejectionCode): Rejected {
  const code = typeof faults === 'string' ? faults : (faults[0]?.code ?? 'invalid-member')
  const errors: FieldError[] =
    typeof faults === 'string' ? [] : faults.slice(0, LISTED_MAX).map(({ path, message }) => ({ path, message }))
  return {
    index,
    ...(id === undefined ? {} : { id }),
    code,
    detail: rejections[code],
    ...(errors.length === 0 ? {} : { errors }),
  }
}
