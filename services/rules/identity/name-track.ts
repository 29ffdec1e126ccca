/**
 * A play's tags → the track that they name, and the texts under which a chart may show it.
 * @module
 */
import { capitalised } from './capitalised.ts'
import { cleanTags, type TrackTags } from './clean-tags.ts'
import { isNobody } from './placeholders.ts'
import { plainText } from './plain-text.ts'
import { identityOf, type TrackIdentity } from './track-key.ts'

export interface NamedTrack {
  readonly identity: TrackIdentity
  /** Empty where the tags name no track. */
  readonly artist: string
  /** Empty where the tags name no track. */
  readonly title: string
}

/** Printable ASCII with single spaces between: what nearly every text is, and what {@link asTyped} leaves as it is. */
const AS_TYPED = /^[!-~]+(?: [!-~]+)*$/

/**
 * Names the track. Its texts are as they were typed, but for white space that nobody means; where artist or title were
 * found elsewhere (`Artist - Title` in the title, the remixer's tag, the file name), they are the cleaned ones, which say it.
 */
export function nameTrack(tags: TrackTags): NamedTrack {
  const clean = cleanTags(tags)
  const identity = identityOf(clean)
  if (clean.kind !== 'track') return { identity, artist: '', title: '' }
  const artist = asTyped(tags.artist)
  const title = asTyped(tags.title)
  const typed = cleanTags({ artist, title })
  const saysAll = artist !== '' && title !== '' && !isNobody(plainText(artist))
  if (saysAll && typed.kind === 'track' && typed.key === clean.key) return { identity, artist, title }
  return { identity, artist: capitalised(clean.artist), title: capitalised(clean.title) }
}

/** A text as it was typed, but for white space that nobody means. */
export function asTyped(text = ''): string {
  return AS_TYPED.test(text) ? text : text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
