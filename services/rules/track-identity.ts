/**
 * Which track a play is of, for services that have artist and title; `identity/` has the rules.
 * @module
 */
import type { TrackTags } from './identity/clean-tags.ts'
import { plainText } from './identity/plain-text.ts'
import { type TrackIdentity, trackIdentity } from './identity/track-key.ts'

export { type TrackIdentity, toTrackId } from './identity/track-key.ts'

/** A text in the form that two spellings of it have in common. Doing it twice changes nothing. */
export function cleanedForm(text: string): string {
  return plainText(text)
}

/** The identity of the track that artist and title name, and the other tags where those leave something out. */
export function identifyTrack(
  artist: string | undefined,
  title: string | undefined,
  others: Pick<TrackTags, 'remixer' | 'fileName'> = {},
): TrackIdentity {
  return trackIdentity({ ...others, artist, title })
}
