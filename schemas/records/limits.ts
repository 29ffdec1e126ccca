/**
 * Bounds of a session (CONTRACT, "Limits"). Apart from the schemas, so that a page's script can hold to them without bringing
 * the schemas along.
 * @module
 */

/** Longest text of a session's frame and longest tag value, in UTF-16 code units. */
export const TEXT_LENGTH_MAX = 1000

/** More tracks than this reject the session. */
export const TRACKS_PER_SESSION_MAX = 5000
