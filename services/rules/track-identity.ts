/**
 * Which track a play is of: a key as a pure function of the cleaned artist and title, the same for ever.
 * @module
 */
import { createHash } from 'node:crypto'

/** Part of the key; a change of the rules below is a new version, and every track gets a new id. */
const IDENTITY_VERSION = 1

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

/** Texts that DJ software or DJs put where they know no artist or title. */
const placeholders = new Set([
  'id',
  'unknown',
  'unknown artist',
  'unknown title',
  'untitled',
  'audio input',
  'n/a',
  'none',
])
const numberedTrack = /^(?:audio )?track ?\d+$/

/**
 * The cleaned form of an artist or a title: what two spellings of the same have in common. Cleaning twice is cleaning
 * once.
 */
export function cleanedForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[‘’‛`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The identity of the track that artist and title name. */
export function identifyTrack(artist: string | undefined, title: string | undefined): TrackIdentity {
  const cleanArtist = cleanedForm(artist ?? '')
  const cleanTitle = cleanedForm(title ?? '')
  if (cleanArtist === '' || cleanTitle === '') return { kind: 'no-artist-or-title' }
  if (isPlaceholder(cleanArtist) || isPlaceholder(cleanTitle)) return { kind: 'placeholder' }
  const digest = createHash('sha256').update(`${IDENTITY_VERSION}\n${cleanArtist}\n${cleanTitle}`).digest()
  return { kind: 'track', trackId: digest.toString('hex', 0, 8), track: digest.readBigUInt64BE(0).toString() }
}

/** A track's number in the store as the id in addresses and answers. */
export function toTrackId(track: string): string {
  return BigInt(track).toString(16).padStart(16, '0')
}

function isPlaceholder(clean: string): boolean {
  return placeholders.has(clean) || numberedTrack.test(clean)
}
