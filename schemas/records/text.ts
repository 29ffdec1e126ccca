/**
 * Building blocks that the records share: bounded texts, times, public ids.
 * @module
 */
import Type from 'typebox'

/** Longest text of a session's frame and longest tag value, in UTF-16 code units (CONTRACT, "Limits"). */
export const TEXT_LENGTH_MAX = 1000

/** A text of a session's frame. Longer than {@link TEXT_LENGTH_MAX} rejects the session. */
export const FrameText = (description: string) => Type.String({ maxLength: TEXT_LENGTH_MAX, description })

/** An id as the software gave it: not empty. */
export const FrameId = (description: string) => Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX, description })

/** An RFC 3339 time with an offset. Answers are always in UTC (`Z`). */
export const Time = (description: string) => Type.String({ format: 'date-time', description })

/** Identity of a track, the same for every DJ and for ever: 16 hex digits. */
export const TrackId = Type.String({ pattern: '^[0-9a-f]{16}$', description: 'Identity of a track: 16 hex digits' })

/** Opaque key of a session: 22 characters of base64url. */
export const SessionKey = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$', description: 'Opaque key of a session' })
