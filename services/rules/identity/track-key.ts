/**
 * Which track a play is of: a key as a pure function of the cleaned tags, the same for ever.
 * @module
 */
import { createHash } from 'node:crypto'
import { type CleanTags, cleanTags, type TrackTags } from './clean-tags.ts'

/** Part of the key; a change of what cleaning gives is a new version, and every track gets a new id. */
export const IDENTITY_VERSION = 2

export type TrackIdentity =
  | {
      readonly kind: 'track'
      /** 16 hex digits, as in addresses and answers. */
      readonly trackId: string
      /** The same 64 bits as a decimal number, as in the store. */
      readonly track: string
    }
  | { readonly kind: 'no-artist-or-title' }
  | { readonly kind: 'placeholder' }

/** The identity of the track that the tags name. */
export function trackIdentity(tags: TrackTags): TrackIdentity {
  return identityOf(cleanTags(tags))
}

/** The identity of tags that were cleaned already. */
export function identityOf(clean: CleanTags): TrackIdentity {
  if (clean.kind !== 'track') return clean
  const digest = createHash('sha256').update(`${IDENTITY_VERSION}\n${clean.key}`).digest()
  return { kind: 'track', trackId: digest.toString('hex', 0, 8), track: digest.readBigUInt64BE(0).toString() }
}

/** A track's number in the store as the id in addresses and answers. */
export function toTrackId(track: string): string {
  return BigInt(track).toString(16).padStart(16, '0')
}
