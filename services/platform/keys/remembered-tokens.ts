/**
 * Verified tokens that are remembered, so that a signature is checked once and not at every request.
 * @module
 */
import { createHash } from 'node:crypto'
import type { Caller, VerifyToken } from '../http/access.ts'

/** Bounds the memory; the token that was verified first goes first. */
const REMEMBERED_TOKENS_MAX = 10_000

export interface VerifiedToken {
  readonly caller: Caller
  /** Unix milliseconds. */
  readonly expiresAtMs: number
}

/**
 * The same verification with a memory. A token that was refused is not remembered: strangers could fill it.
 * @param rememberedMsMax after this long a token is verified anew, for its key may have been revoked; without it, its
 * expiry alone ends it
 */
export function rememberTokens(
  verify: (token: string) => Promise<VerifiedToken | undefined>,
  {
    now,
    rememberedMsMax = Number.POSITIVE_INFINITY,
  }: { readonly now: () => number; readonly rememberedMsMax?: number },
): VerifyToken {
  const remembered = new Map<string, { readonly caller: Caller; readonly untilMs: number }>()

  return async (token) => {
    // Not the token itself: what lies in memory is then of no use to whoever reads it.
    const digest = createHash('sha256').update(token).digest('base64')
    const known = remembered.get(digest)
    if (known !== undefined && known.untilMs > now()) return known.caller
    remembered.delete(digest)
    const verified = await verify(token)
    if (verified === undefined) return undefined
    const { caller, expiresAtMs } = verified
    if (remembered.size >= REMEMBERED_TOKENS_MAX) remembered.delete(remembered.keys().next().value ?? '')
    remembered.set(digest, { caller, untilMs: Math.min(expiresAtMs, now() + rememberedMsMax) })
    return caller
  }
}
