/**
 * Building blocks that the records share: bounded texts, times, public ids.
 * @module
 */
import Type from 'typebox'
import { TEXT_LENGTH_MAX } from './limits.ts'

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
