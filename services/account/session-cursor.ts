/**
 * Cursors of the list of sessions: the place of a page's last session, so that a session that comes in between shifts
 * nothing.
 * @module
 */

export interface SessionPlace {
  /** Unix milliseconds. */
  readonly startedAtMs: number
  readonly key: string
}

/** Times that the store can hold. */
const TIME_MS_MAX = 8.64e15

export function encodeSessionCursor({ startedAtMs, key }: SessionPlace): string {
  return Buffer.from(JSON.stringify([startedAtMs, key])).toString('base64url')
}

/** The place of a cursor; `undefined` where it is none of ours. */
export function decodeSessionCursor(cursor: string): SessionPlace | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parts) || parts.length !== 2) return undefined
    const [startedAtMs, key]: unknown[] = parts
    if (typeof startedAtMs !== 'number' || typeof key !== 'string') return undefined
    return Number.isSafeInteger(startedAtMs) && Math.abs(startedAtMs) <= TIME_MS_MAX ? { startedAtMs, key } : undefined
  } catch {
    return undefined
  }
}
