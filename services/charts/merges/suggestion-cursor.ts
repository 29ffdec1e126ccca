/**
 * Cursors of the list of suggestions: the place of a page's last one.
 * @module
 */
import type { SuggestionPlace } from './merge-rows.ts'

export function encodeSuggestionCursor({ score, track, into }: SuggestionPlace): string {
  return Buffer.from(JSON.stringify([score, track, into])).toString('base64url')
}

/** The place of a cursor; `undefined` where it is none of ours. */
export function decodeSuggestionCursor(cursor: string): SuggestionPlace | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parts) || parts.length !== 3) return undefined
    const [score, track, into]: unknown[] = parts
    return typeof score === 'number' && isTrack(track) && isTrack(into) ? { score, track, into } : undefined
  } catch {
    return undefined
  }
}

function isTrack(part: unknown): part is string {
  return typeof part === 'string' && /^\d{1,20}$/.test(part) && BigInt.asUintN(64, BigInt(part)) === BigInt(part)
}
